package dev.quorate.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.ByteBuffersDirectory;

/// Recall by words among memories of the past: the index holds only the present, so these are laid
/// out in memory for one question, and found and ranked by the same rules.
public final class PastSearch {
  private PastSearch() {}

  /// The best of these memories at a moment, best first.
  ///
  /// @param query by words alone
  /// @param momentMillis what counts as now
  public static List<Ranked> run(
      Iterable<PastMemory> memories, RecallQuery query, long momentMillis) {
    if (query.words() == null || query.limit() < 1) return List.of();
    try (var directory = new ByteBuffersDirectory()) {
      var words = new WordReader().read(query.words());
      var config = new IndexWriterConfig(new WordAnalyzer());
      config.setSimilarity(LuceneIndex.similarity());
      try (var writer = new IndexWriter(directory, config)) {
        for (var past : memories) {
          var expiry = past.memory().expiresAt();
          writer.addDocument(
              Columns.document(
                  past.id(),
                  past.memory(),
                  past.updatedMillis(),
                  expiry == null ? Long.MAX_VALUE : expiry.toEpochMilli(),
                  Optional.empty()));
        }
      }
      try (var reader = DirectoryReader.open(directory)) {
        var searcher = new IndexSearcher(reader);
        searcher.setSimilarity(config.getSimilarity());
        return RecallSearch.run(searcher, words, query, momentMillis);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an index in memory cannot fail to be read", e);
    }
  }
}
