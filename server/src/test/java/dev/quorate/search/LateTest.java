package dev.quorate.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.RequestFailure.Overloaded;
import dev.quorate.search.SearchQuery.Mode;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a search is told when the index cannot keep its promise in time.
@Timeout(60)
class LateTest {
  private static final SearchQuery QUERY = new SearchQuery("content", Mode.ALL, Filter.NONE, 10);

  @TempDir Path directory;

  @Test
  void aSearchForWhichTheIndexIsTooLateIsRefusedAndALaterOneSucceeds() {
    try (var store =
        new Reluctant(
            SqliteStore.open(directory, "n", StoreOptions.readers(1), InstantSource.system()))) {
      store.write(transaction -> transaction.save(Sketch.of("m").memory()));
      store.reads = false;
      try (var index = open(store, Duration.ofMillis(20))) {
        // In a process that has just begun, opening it alone takes longer than a search waits.
        while (index.rebuilds() == 0) Thread.onSpinWait();
        assertThatThrownBy(() -> index.search(QUERY))
            .isInstanceOf(Overloaded.class)
            .hasMessage("the search index is being rebuilt (change 0 of 1); retry soon");
      }
      try (var index = open(store, Library.WAIT_MAX)) {
        store.reads = true;
        assertThat(index.search(QUERY)).extracting(Hit::id).containsExactly("m");
        assertThat(index.rebuilds()).isZero();
      }
    }
  }

  @Test
  void aDirectoryThatCannotBeUsedRefusesSearchesAndNothingElse() throws IOException {
    var file = Files.writeString(directory.resolve("search"), "a file");
    try (var store =
            SqliteStore.open(directory, "n", StoreOptions.readers(1), InstantSource.system());
        var index =
            SearchIndex.open(
                file, store, InstantSource.system(), List.of(), Duration.ofMillis(20))) {
      store.write(transaction -> transaction.save(Sketch.of("m").memory()));
      assertThatThrownBy(() -> index.search(QUERY)).isInstanceOf(Overloaded.class);
      assertThat(index.documents()).isZero();
    }
  }

  @Test
  void aClosedIndexRefusesSearches() {
    try (var library = new Library(directory)) {
      library.closeIndex();
      library.with(Sketch.of("m"));
      assertThatThrownBy(() -> library.all("content"))
          .isInstanceOf(Overloaded.class)
          .hasMessageContaining("shutting down");
      library.reopenIndex();
    }
  }

  private SearchIndex open(Store store, Duration waitMax) {
    return SearchIndex.open(
        directory.resolve("search"), store, InstantSource.system(), List.of(), waitMax);
  }

  /// A store whose readers can be made to refuse.
  private static final class Reluctant implements Store {
    private final Store store;
    private volatile boolean reads = true;

    Reluctant(Store store) {
      this.store = store;
    }

    @Override
    public String nodeId() {
      return store.nodeId();
    }

    @Override
    public String epoch() {
      return store.epoch();
    }

    @Override
    public <T> Committed<T> write(Mutation<T> mutation) {
      return store.write(mutation);
    }

    @Override
    public <T> T read(Reading<T> reading) {
      if (!reads) throw new Overloaded("too many reads wait");
      return store.read(reading);
    }

    @Override
    public long committedSequence() {
      return store.committedSequence();
    }

    @Override
    public long owedSequence() {
      return store.owedSequence();
    }

    @Override
    public void onCommit(LongConsumer listener) {
      store.onCommit(listener);
    }

    @Override
    public void onNotice(Runnable listener) {
      store.onNotice(listener);
    }

    @Override
    public void backupTo(Path file) {
      store.backupTo(file);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
