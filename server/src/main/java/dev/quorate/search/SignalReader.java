package dev.quorate.search;

import dev.quorate.embedding.ModelVector;
import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/// Reads what the index knows of single documents, asked for in ascending order: by words and by
/// meaning alike, whichever of the two found them. Not thread-safe.
final class SignalReader {
  private final IndexSearcher searcher;
  private final @Nullable ModelVector meaning;
  private final @Nullable Weight words;
  private @Nullable Leaf leaf;

  /// @param text the words asked for, absent where there are none
  /// @param meaning the vector asked for, absent where there is none
  SignalReader(IndexSearcher searcher, @Nullable TextQuery text, @Nullable ModelVector meaning)
      throws IOException {
    this.searcher = searcher;
    this.meaning = meaning;
    this.words = text == null ? null : weight(searcher, text);
  }

  private static Weight weight(IndexSearcher searcher, TextQuery text) throws IOException {
    var query = new BooleanQuery.Builder();
    text.addTo(query);
    return searcher.createWeight(searcher.rewrite(query.build()), ScoreMode.COMPLETE, 1);
  }

  /// @param bm25 absent where no word fits
  /// @param cosine absent where there is no vector
  record Read(
      String id,
      @Nullable Double bm25,
      @Nullable Double cosine,
      Facts facts,
      long createdNanos,
      long expiresMillis) {}

  Read read(int document) throws IOException {
    var now = leaf;
    if (now == null || document >= now.end) {
      var leaves = searcher.getIndexReader().leaves();
      now = new Leaf(leaves.get(ReaderUtil.subIndex(document, leaves)), words, meaning);
      leaf = now;
    }
    return now.read(document);
  }

  /// The readers of one part of the index, each of which only goes forward.
  private static final class Leaf {
    private final int base;
    private final int end;
    private final BinaryDocValues ids;
    private final NumericDocValues facts;
    private final NumericDocValues created;
    private final NumericDocValues expires;
    private final @Nullable Scorer words;
    private final @Nullable VectorScorer vectors;

    Leaf(LeafReaderContext context, @Nullable Weight words, @Nullable ModelVector meaning)
        throws IOException {
      var reader = context.reader();
      this.base = context.docBase;
      this.end = base + reader.maxDoc();
      this.ids = DocValues.getBinary(reader, Columns.ID_COLUMN);
      this.facts = DocValues.getNumeric(reader, Columns.FACTS);
      this.created = DocValues.getNumeric(reader, Columns.CREATED);
      this.expires = DocValues.getNumeric(reader, Columns.EXPIRES);
      this.words = words == null ? null : words.scorer(context);
      this.vectors = meaning == null ? null : vectors(context, meaning);
    }

    private static @Nullable VectorScorer vectors(LeafReaderContext context, ModelVector meaning)
        throws IOException {
      var vector = meaning.vector();
      var field = Columns.vector(meaning.model(), vector.dimension());
      var held = context.reader().getFloatVectorValues(field);
      // By the full values, where the graph is walked by less.
      return held == null ? null : held.rescorer(vector.values());
    }

    Read read(int document) throws IOException {
      var own = document - base;
      if (!ids.advanceExact(own)
          || !facts.advanceExact(own)
          || !created.advanceExact(own)
          || !expires.advanceExact(own)) {
        throw new IllegalStateException("document %d has no columns".formatted(document));
      }
      return new Read(
          ids.binaryValue().utf8ToString(),
          bm25(own),
          cosine(own),
          new Facts(facts.longValue()),
          created.longValue(),
          expires.longValue());
    }

    private @Nullable Double bm25(int own) throws IOException {
      if (words == null) return null;
      var matching = words.iterator();
      if (words.docID() < own) matching.advance(own);
      return words.docID() == own ? (double) words.score() : null;
    }

    private @Nullable Double cosine(int own) throws IOException {
      if (vectors == null) return null;
      var held = vectors.iterator();
      if (held.docID() < own) held.advance(own);
      if (held.docID() != own) return null;
      // Lucene moves the product of unit vectors from -1..1 to 0..1.
      return Math.clamp(2.0 * vectors.score() - 1, -1, 1);
    }
  }
}
