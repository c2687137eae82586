package dev.quorate.search;

import dev.quorate.memory.Memory;
import dev.quorate.search.SearchQuery.Mode;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// A store and the search beside it, with a clock that a test sets.
final class Library implements AutoCloseable {
  /// Longer than any machine should need.
  static final Duration WAIT_MAX = Duration.ofSeconds(60);

  /// Whose vectors the search takes.
  static final String MODEL = "test-model";

  private static final int LIMIT = 1_000;

  private final Path directory;
  private final SqliteStore store;
  private volatile Instant now = Instant.parse("2026-03-02T12:00:00Z");
  private SearchIndex index;

  Library(Path directory) {
    this(directory, directory.resolve("search"));
  }

  Library(Path directory, Path search) {
    this.directory = search;
    InstantSource clock = () -> now;
    this.store = SqliteStore.open(directory, "node-1", StoreOptions.readers(2), clock);
    this.index = SearchIndex.open(search, store, clock, List.of(MODEL), WAIT_MAX);
  }

  Store store() {
    return store;
  }

  SearchIndex index() {
    return index;
  }

  Path directory() {
    return directory;
  }

  void sleepUntil(Instant later) {
    now = later;
  }

  Library with(Sketch... sketches) {
    for (var sketch : sketches) save(sketch.memory());
    return this;
  }

  void save(Memory memory) {
    store.write(transaction -> transaction.save(memory));
  }

  void delete(String id) {
    store.write(transaction -> {
      transaction.delete(id, null);
      return id;
    });
  }

  void archive(String id) {
    store.write(transaction -> {
      transaction.archive(id, "archive");
      return id;
    });
  }

  void revive(String id) {
    store.write(transaction -> {
      transaction.revive(id);
      return id;
    });
  }

  /// Ids of the memories with all these words.
  List<String> all(String text) {
    return find(text, Mode.ALL, Filter.NONE);
  }

  /// Ids of the memories with any of these words.
  List<String> any(String text) {
    return find(text, Mode.ANY, Filter.NONE);
  }

  List<String> find(String text, Mode mode, Filter filter) {
    return hits(text, mode, filter).stream().map(Hit::id).toList();
  }

  List<Hit> hits(String text, Mode mode, Filter filter) {
    return index.search(new SearchQuery(text, mode, filter, LIMIT));
  }

  void closeIndex() {
    index.close();
  }

  /// Opens the index again, after it was closed.
  void reopenIndex() {
    reopenIndex(List.of(MODEL));
  }

  /// The same for other models.
  void reopenIndex(List<String> models) {
    index = SearchIndex.open(directory, store, () -> now, models, WAIT_MAX);
  }

  @Override
  public void close() {
    index.close();
    store.close();
  }
}
