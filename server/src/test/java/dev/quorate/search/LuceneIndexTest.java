package dev.quorate.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneIndexTest {
  private static final Source EPOCH = new Source("epoch", List.of());

  @TempDir Path directory;

  @Test
  void whatExpiredIsDroppedAndTheRestIsKept() throws IOException {
    try (var index = LuceneIndex.create(Place.DISK, directory, EPOCH)) {
      put(index, "at", 1_000);
      put(index, "after", 1_001);
      put(index, "never", Long.MAX_VALUE);
      index.refresh();
      assertThat(index.dropExpired(999)).isFalse();
      assertThat(index.changed()).isFalse();
      assertThat(index.dropExpired(1_000)).isTrue();
      assertThat(index.changed()).isTrue();
      index.refresh();
      assertThat(index.searcher().getIndexReader().numDocs()).isEqualTo(2);
      assertThat(index.dropExpired(1_000)).isFalse();
    }
  }

  @Test
  void aCommitSaysHowFarItHasCome() throws IOException {
    try (var index = LuceneIndex.create(Place.DISK, directory, EPOCH)) {
      put(index, "a", Long.MAX_VALUE);
      index.finish(42);
      put(index, "uncommitted", Long.MAX_VALUE);
    }
    try (var index = LuceneIndex.open(Place.DISK, directory, EPOCH, 42)) {
      assertThat(index.openedAt()).isEqualTo(42);
      assertThat(index.searcher().getIndexReader().numDocs()).isEqualTo(1);
    }
  }

  @Test
  void anIndexOfAnotherEpochOrAheadOfTheStoreIsNotUsed() throws IOException {
    try (var index = LuceneIndex.create(Place.DISK, directory, EPOCH)) {
      index.finish(42);
    }
    assertThatThrownBy(
            () -> LuceneIndex.open(Place.DISK, directory, new Source("other", List.of()), 42))
        .isInstanceOf(UnusableIndex.class);
    assertThatThrownBy(() -> LuceneIndex.open(Place.DISK, directory, EPOCH, 41))
        .isInstanceOf(UnusableIndex.class);
    assertThatThrownBy(() -> LuceneIndex.open(Place.DISK, directory.resolve("missing"), EPOCH, 42))
        .isInstanceOf(UnusableIndex.class);
  }

  @Test
  void creatingDeletesWhatWasThere() throws IOException {
    try (var index = LuceneIndex.create(Place.DISK, directory, EPOCH)) {
      put(index, "a", Long.MAX_VALUE);
      index.finish(42);
    }
    try (var index = LuceneIndex.create(Place.DISK, directory, EPOCH)) {
      assertThat(index.openedAt()).isZero();
      assertThat(index.searcher().getIndexReader().numDocs()).isZero();
    }
  }

  @Test
  void anIndexInMemoryUsesWhatIsOnTheDiskAndWritesNothingBeforeACommit() throws IOException {
    try (var index = LuceneIndex.create(Place.DISK, directory, EPOCH)) {
      put(index, "old", Long.MAX_VALUE);
      put(index, "older", Long.MAX_VALUE);
      index.finish(2);
    }
    var before = files();
    try (var index = LuceneIndex.open(Place.MEMORY, directory, EPOCH, 42)) {
      for (var i = 0; i < 200; i++) {
        put(index, "new" + i, Long.MAX_VALUE);
        index.refresh();
      }
      index.replace(List.of("old"), null);
      index.refresh();
      assertThat(index.searcher().getIndexReader().numDocs()).isEqualTo(201);
      assertThat(files()).isEqualTo(before);
    }
    assertThat(files()).isEqualTo(before);
    try (var index = LuceneIndex.open(Place.MEMORY, directory, EPOCH, 42)) {
      assertThat(index.openedAt()).isEqualTo(2);
      put(index, "new", Long.MAX_VALUE);
      index.finish(42);
    }
    try (var index = LuceneIndex.open(Place.DISK, directory, EPOCH, 42)) {
      assertThat(index.openedAt()).isEqualTo(42);
      assertThat(index.searcher().getIndexReader().numDocs()).isEqualTo(3);
    }
  }

  @Test
  void onlyAnIndexInMemoryExceedsABound() throws IOException {
    for (var place : Place.values()) {
      try (var index = LuceneIndex.create(place, directory, EPOCH)) {
        assertThat(index.exceeds(1)).isFalse();
        put(index, "a", Long.MAX_VALUE);
        assertThat(index.exceeds(1)).isEqualTo(place == Place.MEMORY);
        index.refresh();
        assertThat(index.exceeds(1)).isEqualTo(place == Place.MEMORY);
        assertThat(index.exceeds(1 << 20)).isFalse();
      }
    }
  }

  private Set<String> files() throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private static void put(LuceneIndex index, String id, long expiresMillis) throws IOException {
    index.replace(
        List.of(id),
        Columns.document(id, Sketch.of(id).memory(), 0, expiresMillis, Optional.empty()));
  }
}
