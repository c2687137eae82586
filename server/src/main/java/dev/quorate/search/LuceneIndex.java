package dev.quorate.search;

import dev.quorate.scheduling.Turns;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.jspecify.annotations.Nullable;

/// The index on disk. A commit says which store it follows and how far it has come. Not
/// thread-safe: the follower's thread owns it.
final class LuceneIndex implements AutoCloseable {
  private static final Logger LOG = System.getLogger(LuceneIndex.class.getName());

  private static final String EPOCH = "epoch";
  private static final String SEQUENCE = "sequence";
  private static final String FORMAT = "format";
  private static final String MODELS = "models";
  private static final String SEPARATOR = "\n";

  private static final float BM25_K1 = 1.2f;
  private static final float BM25_B = 0.75f;

  private static final double WRITE_BUFFER_MEGABYTES = 16;

  private final Place place;
  private final NRTCachingDirectory directory;
  private final IndexWriter writer;
  private final Source source;
  private final long openedAt;

  /// Whose vectors were looked for in every memory.
  private List<String> models;

  private DirectoryReader reader;
  private boolean changed;
  private @Nullable Thread committing;
  private volatile boolean committed;

  /// How far an index has come, and whose vectors are in it.
  private record Checked(long sequence, List<String> models) {}

  private LuceneIndex(Place place, NRTCachingDirectory directory, Source source, Checked checked)
      throws IOException {
    this.place = place;
    this.directory = directory;
    this.source = source;
    this.openedAt = checked.sequence();
    this.models = checked.models();
    this.writer = new IndexWriter(directory, config(place));
    this.reader = DirectoryReader.open(writer);
  }

  private static IndexWriterConfig config(Place place) {
    var merging = new LongTurnsMerging();
    merging.setMaxMergesAndThreads(6, 1);
    return new IndexWriterConfig(new WordAnalyzer())
        .setCodec(WideVectors.codec())
        .setSimilarity(similarity())
        .setRAMBufferSizeMB(WRITE_BUFFER_MEGABYTES)
        .setMergeScheduler(merging)
        .setMergePolicy(place.merging())
        .setUseCompoundFile(false)
        // A search waits for a refresh, and a refresh must not wait for a merge.
        .setMaxFullFlushMergeWaitMillis(0)
        .setCommitOnClose(false);
  }

  static BM25Similarity similarity() {
    return new BM25Similarity(BM25_K1, BM25_B);
  }

  /// Opens the index of a directory, after reading all of it once to see that it is whole.
  ///
  /// @param source what it is to be made of
  /// @param sequenceMax the store's last change; an index that is ahead of it follows another store
  /// @throws IOException when it cannot be used, for whatever reason
  static LuceneIndex open(Place place, Path path, Source source, long sequenceMax)
      throws IOException {
    var directory = place.directory(path);
    try {
      return new LuceneIndex(place, directory, source, checked(directory, source, sequenceMax));
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /// Begins an empty index; what is in the directory is deleted.
  static LuceneIndex create(Place place, Path path, Source source) throws IOException {
    Files.createDirectories(path);
    try (var files = FSDirectory.open(path, place.locks());
        var _ = files.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
      for (var name : files.listAll()) {
        if (!name.equals(IndexWriter.WRITE_LOCK_NAME)) files.deleteFile(name);
      }
    }
    var directory = place.directory(path);
    try {
      return new LuceneIndex(place, directory, source, new Checked(0, source.models()));
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /// Whose vectors are in the index of a directory, the one that made vectors last first; nobody's
  /// where there is no index that could be used.
  static List<String> modelsIn(Path path) {
    if (!Files.isDirectory(path)) return List.of();
    try (var directory = FSDirectory.open(path)) {
      if (!DirectoryReader.indexExists(directory)) return List.of();
      return models(SegmentInfos.readLatestCommit(directory).getUserData());
    } catch (IOException | RuntimeException e) {
      // Whoever opens it will say so.
      LOG.log(Level.DEBUG, "the search index could not be asked for its models", e);
      return List.of();
    }
  }

  private static List<String> models(Map<String, String> facts) {
    return facts.getOrDefault(MODELS, "").lines().toList();
  }

  /// How far a usable index has come.
  private static Checked checked(Directory directory, Source source, long sequenceMax)
      throws IOException {
    if (!DirectoryReader.indexExists(directory)) throw new UnusableIndex("there is none yet");
    try (var reader = DirectoryReader.open(directory)) {
      var facts = reader.getIndexCommit().getUserData();
      if (!Integer.toString(Columns.FORMAT).equals(facts.get(FORMAT))) {
        throw new UnusableIndex("it has another format");
      }
      var sequence = Long.parseLong(facts.getOrDefault(SEQUENCE, "0"));
      if (!source.epoch().equals(facts.get(EPOCH)) || sequence > sequenceMax) {
        throw new UnusableIndex("it belongs to another store");
      }
      for (var leaf : reader.leaves()) leaf.reader().checkIntegrity();
      return new Checked(sequence, models(facts));
    }
  }

  Source source() {
    return source;
  }

  /// Whose vectors may be in the store and not here: this was made when they did not count.
  Set<String> lacking() {
    var lacking = new HashSet<>(source.models());
    lacking.removeAll(models);
    return lacking;
  }

  /// Nobody's are lacking any more.
  void hasAll() {
    models = source.models();
  }

  /// The last change that was in the index when it was opened.
  long openedAt() {
    return openedAt;
  }

  /// Puts the document in the place of all that have these ids; without one they are gone. No
  /// searcher sees the one without the other.
  void replace(List<String> ids, @Nullable Document document) throws IOException {
    changed = true;
    var terms = ids.stream().map(Columns::id).toArray(Term[]::new);
    if (document == null) {
      writer.deleteDocuments(terms);
    } else if (terms.length == 1) {
      writer.updateDocument(terms[0], document);
    } else {
      writer.deleteDocuments(terms);
      writer.addDocument(document);
    }
  }

  /// Drops what expired at or before `millis`. Returns whether there was any.
  boolean dropExpired(long millis) throws IOException {
    var expired = NumericDocValuesField.newSlowRangeQuery(Columns.EXPIRES, 0, millis);
    if (searcher().count(expired) == 0) return false;
    changed = true;
    writer.deleteDocuments(expired);
    return true;
  }

  /// Where what is new goes.
  Place place() {
    return place;
  }

  /// Whether an index in memory has become greater than that.
  boolean exceeds(long bytesMax) {
    return switch (place) {
      case DISK -> false;
      case MEMORY -> directory.ramBytesUsed() + writer.ramBytesUsed() > bytesMax;
    };
  }

  /// Whether the searcher lacks anything.
  boolean changed() {
    return changed;
  }

  /// Makes the searcher see everything.
  void refresh() throws IOException {
    var next = DirectoryReader.openIfChanged(reader, writer);
    changed = false;
    if (next == null) return;
    reader.close();
    reader = next;
  }

  /// A searcher over what was there at the last refresh, open as long as this is or as its reader
  /// is held.
  IndexSearcher searcher() {
    var searcher = new IndexSearcher(reader);
    searcher.setSimilarity(writer.getConfig().getSimilarity());
    // Nearly every search is one of a kind.
    searcher.setQueryCache(null);
    return searcher;
  }

  /// Begins to make durable what is here, all changes up to `sequence` included, on a thread of its
  /// own: syncing takes many times as long as a search may. Nothing happens while another commit
  /// goes on. More than was said to be there does no harm: it is done again, with the same result.
  boolean beginCommit(long sequence) {
    if (committing != null && committing.isAlive()) return false;
    writer.setLiveCommitData(facts(sequence));
    committing = Thread.ofPlatform().name("search-commit").daemon().start(this::commit);
    return true;
  }

  private void commit() {
    Turns.longTakenByThisThread();
    try {
      writer.commit();
      committed = true;
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "the search index could not be committed: {0}", e.toString());
    }
  }

  /// Whether a commit succeeded since this was opened.
  boolean committed() {
    return committed;
  }

  private Iterable<Map.Entry<String, String>> facts(long sequence) {
    return Map.of(
            EPOCH,
            source.epoch(),
            MODELS,
            String.join(SEPARATOR, source.models().stream().filter(models::contains).toList()),
            SEQUENCE,
            Long.toString(sequence),
            FORMAT,
            Integer.toString(Columns.FORMAT))
        .entrySet();
  }

  /// Makes everything up to `sequence` durable, at the end.
  void finish(long sequence) {
    awaitCommit();
    writer.setLiveCommitData(facts(sequence));
    commit();
  }

  private void awaitCommit() {
    try {
      if (committing != null) committing.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Closes without a commit.
  @Override
  public void close() throws IOException {
    awaitCommit();
    var last = reader;
    try (directory;
        last) {
      writer.rollback();
    }
  }
}
