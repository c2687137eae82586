package dev.quorate.search;

import dev.quorate.embedding.ModelVector;
import dev.quorate.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/// How a memory is laid out in the index. Nothing is stored: a hit is an id.
final class Columns {
  /// An index of another format is built anew. Raise it with every change of layout or analysis.
  static final int FORMAT = 4;

  /// Id as a term, to replace a memory by.
  static final String ID = "id";

  /// Id as a column, to read from a hit.
  static final String ID_COLUMN = "id_column";

  /// Title, tags and content in one field: a word that stands in the title counts three times, in a
  /// tag twice. One field with repeated words is BM25F, and one list of places for each word.
  static final String TEXT = "text";

  static final String LABEL = "label";
  static final String FACTS = "facts";

  /// Nanoseconds since 1970.
  static final String CREATED = "created";

  /// Milliseconds since 1970.
  static final String UPDATED = "updated";

  /// Milliseconds since 1970, [Long#MAX_VALUE] for never.
  static final String EXPIRES = "expires";

  private static final String VECTOR = "vector_";

  private static final int TITLE_TIMES = 3;
  private static final int TAG_TIMES = 2;

  private Columns() {}

  /// @param expiresMillis when the memory expires in effect
  /// @param vector what the memory means, where that is known
  static Document document(
      String id,
      Memory memory,
      long updatedMillis,
      long expiresMillis,
      Optional<ModelVector> vector) {
    var document = new Document();
    document.add(new StringField(ID, id, Field.Store.NO));
    document.add(new BinaryDocValuesField(ID_COLUMN, new BytesRef(id)));
    var title = PlainText.of(memory.title());
    for (var time = 0; time < TITLE_TIMES; time++) document.add(text(title));
    for (var tag : memory.tags()) {
      var plain = PlainText.of(tag);
      for (var time = 0; time < TAG_TIMES; time++) document.add(text(plain));
    }
    document.add(text(PlainText.of(memory.content())));
    for (var label : Label.all(memory)) {
      document.add(new StringField(LABEL, label, Field.Store.NO));
    }
    document.add(new NumericDocValuesField(FACTS, Facts.of(memory).bits()));
    document.add(new NumericDocValuesField(CREATED, nanos(memory.createdAt())));
    document.add(new NumericDocValuesField(UPDATED, updatedMillis));
    document.add(NumericDocValuesField.indexedField(EXPIRES, expiresMillis));
    vector.ifPresent(known -> document.add(meaning(known)));
    return document;
  }

  private static IndexableField meaning(ModelVector known) {
    var vector = known.vector();
    return new KnnFloatVectorField(
        vector(known.model(), vector.dimension()),
        vector.values(),
        VectorSimilarityFunction.DOT_PRODUCT);
  }

  /// The field of the vectors of a model with so many values: one field takes only one number of
  /// them, and a model may come to answer another; those of two models are never compared.
  static String vector(String model, int dimension) {
    var name = UUID.nameUUIDFromBytes(model.getBytes(StandardCharsets.UTF_8));
    return VECTOR + dimension + "_" + name;
  }

  private static IndexableField text(String plain) {
    return new TextField(TEXT, plain, Field.Store.NO);
  }

  static Term id(String id) {
    return new Term(ID, id);
  }

  /// Nanoseconds since 1970; times before 1678 and after 2261 count as the ends of that span.
  static long nanos(Instant instant) {
    try {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    } catch (ArithmeticException _) {
      return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
