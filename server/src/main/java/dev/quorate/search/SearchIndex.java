package dev.quorate.search;

import dev.quorate.failure.RequestFailure.Overloaded;
import dev.quorate.store.Store;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.search.IndexSearcher;

/// Finds live memories by their words and by what they mean. The index in its directory follows the
/// store by itself; one that is missing, damaged or of another store is built again, and no fault
/// of it is a fault of the node. Thread-safe.
public final class SearchIndex implements AutoCloseable {
  private static final Duration WAIT_MAX = Duration.ofSeconds(5);

  private final Path directory;
  private final Store store;
  private final InstantSource clock;
  private final Duration waitMax;
  private final WordReaders words = new WordReaders();
  private final Searchers searchers = new Searchers();
  private final Follower follower;

  private SearchIndex(
      Path directory, Store store, InstantSource clock, List<String> models, Duration waitMax) {
    this.directory = directory;
    this.store = store;
    this.clock = clock;
    this.waitMax = waitMax;
    this.follower = new Follower(directory, store, searchers, clock, models);
  }

  /// Whether the vectors of all models that count are in the index: not so yet where it was made
  /// without them.
  public boolean isComplete() {
    return follower.isComplete();
  }

  /// Whose vectors the index of a directory has, the one that made vectors last first; nobody's
  /// where there is none.
  public static List<String> modelsIn(Path directory) {
    return LuceneIndex.modelsIn(directory);
  }

  /// Begins to follow the store, and returns at once. Close it before the store.
  ///
  /// @param directory for the index alone: what else is in it is deleted
  /// @param models whose vectors memories are found by, the one that makes vectors now first
  public static SearchIndex open(
      Path directory, Store store, InstantSource clock, List<String> models) {
    return open(directory, store, clock, models, WAIT_MAX);
  }

  static SearchIndex open(
      Path directory, Store store, InstantSource clock, List<String> models, Duration waitMax) {
    var index = new SearchIndex(directory, store, clock, models, waitMax);
    index.follower.start();
    return index;
  }

  /// The memories that match, best first. Everything is in it that this node answered before the
  /// call; what was deleted during the call may be too. A text without words finds nothing.
  ///
  /// @throws Overloaded when the index does not catch up with the store within five seconds
  public List<Hit> search(SearchQuery query) {
    var sequence = store.committedSequence();
    var read = words.read(query.text());
    if (read.isEmpty() || query.limit() < 1) return List.of();
    return over(sequence, searcher -> KeywordSearch.run(searcher, read, query, clock.millis()));
  }

  /// The memories that fit best by any of the words, by meaning or by both, best first. As complete
  /// as [#search].
  ///
  /// @throws Overloaded when the index does not catch up with the store within five seconds
  public List<Ranked> recall(RecallQuery query) {
    var sequence = store.committedSequence();
    List<Word> read = query.words() == null ? List.of() : words.read(query.words());
    if (query.limit() < 1 || (read.isEmpty() && query.meaning() == null)) return List.of();
    return over(sequence, searcher -> RecallSearch.run(searcher, read, query, clock.millis()));
  }

  /// What is looked up in a searcher.
  private interface Lookup<T> {
    T in(IndexSearcher searcher) throws IOException;
  }

  /// Looks up in a searcher that holds every change up to `sequence`, and once more in the next one
  /// where the index turns out to be damaged.
  private <T> T over(long sequence, Lookup<T> lookup) {
    var deadlineNanos = System.nanoTime() + waitMax.toNanos();
    while (true) {
      try (var lease = searchers.lease(sequence, deadlineNanos, follower::wake, follower::late)) {
        try {
          return lookup.in(lease.searcher());
        } catch (IOException | InternalError e) {
          // A mapped file that is cut off under a reader is an InternalError.
          follower.suspect(lease.generation(), e);
        } catch (RuntimeException | AssertionError e) {
          if (whole(lease.searcher())) throw e;
          follower.suspect(lease.generation(), e);
        }
      }
    }
  }

  /// Whether the fault is elsewhere than in the index.
  private static boolean whole(IndexSearcher searcher) {
    try {
      for (var leaf : searcher.getIndexReader().leaves()) leaf.reader().checkIntegrity();
      return true;
    } catch (IOException | RuntimeException | AssertionError | InternalError _) {
      return false;
    }
  }

  /// The last change that is in the index.
  public long indexedSequence() {
    return follower.reached();
  }

  /// How many memories are in the index, some that expired of late included.
  public int documents() {
    return searchers.documents();
  }

  /// How much room the index takes on disk.
  public long fileBytes() {
    var files = directory.toFile().listFiles();
    return files == null ? 0 : Stream.of(files).mapToLong(File::length).sum();
  }

  /// How often the index was built from nothing since it was opened.
  public int rebuilds() {
    return follower.rebuilds();
  }

  /// Commits the index. Searches that wait end with [Overloaded].
  @Override
  public void close() {
    searchers.close();
    follower.close();
    searchers.withdraw(Integer.MAX_VALUE);
  }
}
