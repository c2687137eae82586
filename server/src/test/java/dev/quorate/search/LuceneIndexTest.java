package dev.quorate.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneIndexTest {
  @TempDir Path directory;

  @Test
  void whatExpiredIsDroppedAndTheRestIsKept() throws IOException {
    try (var index = LuceneIndex.create(directory, "epoch")) {
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
    try (var index = LuceneIndex.create(directory, "epoch")) {
      put(index, "a", Long.MAX_VALUE);
      index.finish(42);
      put(index, "uncommitted", Long.MAX_VALUE);
    }
    try (var index = LuceneIndex.open(directory, "epoch", 42)) {
      assertThat(index.openedAt()).isEqualTo(42);
      assertThat(index.searcher().getIndexReader().numDocs()).isEqualTo(1);
    }
  }

  @Test
  void anIndexOfAnotherEpochOrAheadOfTheStoreIsNotUsed() throws IOException {
    try (var index = LuceneIndex.create(directory, "epoch")) {
      index.finish(42);
    }
    assertThatThrownBy(() -> LuceneIndex.open(directory, "other", 42))
        .isInstanceOf(UnusableIndex.class);
    assertThatThrownBy(() -> LuceneIndex.open(directory, "epoch", 41))
        .isInstanceOf(UnusableIndex.class);
    assertThatThrownBy(() -> LuceneIndex.open(directory.resolve("missing"), "epoch", 42))
        .isInstanceOf(UnusableIndex.class);
  }

  @Test
  void creatingDeletesWhatWasThere() throws IOException {
    try (var index = LuceneIndex.create(directory, "epoch")) {
      put(index, "a", Long.MAX_VALUE);
      index.finish(42);
    }
    try (var index = LuceneIndex.create(directory, "epoch")) {
      assertThat(index.openedAt()).isZero();
      assertThat(index.searcher().getIndexReader().numDocs()).isZero();
    }
  }

  private static void put(LuceneIndex index, String id, long expiresMillis) throws IOException {
    index.replace(List.of(id), Columns.document(id, Sketch.of(id).memory(), 0, expiresMillis));
  }
}
