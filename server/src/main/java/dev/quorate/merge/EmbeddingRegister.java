package dev.quorate.merge;

import dev.quorate.time.Stamp;

/// The vector of one memory's content: ordered by the content it was made from, then by its own
/// stamp.
///
/// @param contentStamp stamp of the content that was embedded
/// @param vector little-endian float32 values in base64
public record EmbeddingRegister(
    String id,
    Stamp contentStamp,
    Stamp stamp,
    String model,
    int dimension,
    String vector,
    Hash hash)
    implements Register {

  public static EmbeddingRegister of(
      String id, Stamp contentStamp, Stamp stamp, String model, int dimension, String vector) {
    return new EmbeddingRegister(
        id,
        contentStamp,
        stamp,
        model,
        dimension,
        vector,
        hash(id, contentStamp, stamp, model, dimension, vector));
  }

  public static EmbeddingRegister merge(EmbeddingRegister a, EmbeddingRegister b) {
    return b.isLaterThan(a) ? b : a;
  }

  @Override
  public Stamp latestStamp() {
    return contentStamp.isAfter(stamp) ? contentStamp : stamp;
  }

  @Override
  public boolean isLaterThan(Register other) {
    if (other instanceof EmbeddingRegister that) {
      var byContent = contentStamp.compareTo(that.contentStamp);
      if (byContent != 0) return byContent > 0;
    }
    return Register.super.isLaterThan(other);
  }

  @Override
  public Lane lane() {
    return Lane.EMBEDDING;
  }

  @Override
  public String key() {
    return id;
  }

  @Override
  public Hash computedHash() {
    return hash(id, contentStamp, stamp, model, dimension, vector);
  }

  private static Hash hash(
      String id, Stamp contentStamp, Stamp stamp, String model, int dimension, String vector) {
    return Hash.of(
        "embedding",
        id,
        contentStamp.text(),
        stamp.text(),
        Integer.toString(dimension),
        vector,
        model);
  }
}
