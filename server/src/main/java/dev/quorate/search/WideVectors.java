package dev.quorate.search;

import dev.quorate.embedding.Vector;
import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/// Lucene's own format of vectors without its limit of 1,024 values, which models exceed. What it
/// writes is named as what it is, so that reading needs nothing of this.
final class WideVectors extends KnnVectorsFormat {
  private final KnnVectorsFormat plain = new Lucene99HnswVectorsFormat();

  private WideVectors() {
    super("Lucene99HnswVectorsFormat");
  }

  /// Lucene's codec with these vectors.
  static Lucene104Codec codec() {
    return new Lucene104Codec() {
      private final KnnVectorsFormat wide = new WideVectors();

      @Override
      public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return wide;
      }
    };
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    return plain.fieldsWriter(state);
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return plain.fieldsReader(state);
  }

  @Override
  public int getMaxDimensions(String fieldName) {
    return Vector.DIMENSION_MAX;
  }
}
