package dev.quorate.embedding;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The vectors of the texts that were asked for last, the oldest use forgotten first. Thread-safe.
final class QueryVectors {
  private static final float LOAD_FACTOR = 0.75f;
  private static final int TABLE_START = 64;

  private final int entriesMax;
  private final LinkedHashMap<String, Vector> vectors;

  QueryVectors(int entriesMax) {
    this.entriesMax = entriesMax;
    this.vectors = new LinkedHashMap<>(TABLE_START, LOAD_FACTOR, true);
  }

  synchronized @Nullable Vector get(String text) {
    return vectors.get(text);
  }

  synchronized void put(String text, Vector vector) {
    vectors.put(text, vector);
    if (vectors.size() > entriesMax) forgetOldest(vectors);
  }

  private static void forgetOldest(Map<String, Vector> vectors) {
    var oldest = vectors.entrySet().iterator();
    oldest.next();
    oldest.remove();
  }
}
