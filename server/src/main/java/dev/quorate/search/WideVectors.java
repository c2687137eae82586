package dev.quorate.search;

import dev.quorate.embedding.Vector;
import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/// How vectors lie in the index: Lucene's own format without its limit of 1,024 values, which
/// models exceed. What it writes is named as what it is, so that reading needs nothing of this.
///
/// The graph is walked by two bits of each value, a sixteenth of what the value itself takes: most
/// of a walk is waiting for memory. It only has to bring the nearest among the many that are then
/// compared by their full values, which are kept beside it.
final class WideVectors extends KnnVectorsFormat {
  /// As Lucene's own defaults.
  private static final int NEIGHBOURS = 16;

  private static final int LOOKED_AT_WHEN_ADDED = 100;

  private final KnnVectorsFormat plain =
      new Lucene104HnswScalarQuantizedVectorsFormat(
          ScalarEncoding.DIBIT_QUERY_NIBBLE, NEIGHBOURS, LOOKED_AT_WHEN_ADDED);

  private WideVectors() {
    super(Lucene104HnswScalarQuantizedVectorsFormat.NAME);
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
