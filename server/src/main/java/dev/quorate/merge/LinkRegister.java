package dev.quorate.merge;

import dev.quorate.time.Stamp;

/// A link, or its tombstone: the last writer wins.
///
/// @param present whether the link exists
/// @param body canonical JSON of the link, kept in the tombstone as the empty text
public record LinkRegister(
    String sourceId,
    String targetId,
    String relation,
    Stamp stamp,
    boolean present,
    String body,
    Hash hash)
    implements Register {

  public static LinkRegister of(
      String sourceId,
      String targetId,
      String relation,
      Stamp stamp,
      boolean present,
      String body) {
    return new LinkRegister(
        sourceId,
        targetId,
        relation,
        stamp,
        present,
        body,
        hash(sourceId, targetId, relation, stamp, present, body));
  }

  public static LinkRegister merge(LinkRegister a, LinkRegister b) {
    return b.isLaterThan(a) ? b : a;
  }

  public static String key(String sourceId, String targetId, String relation) {
    return sourceId + "\n" + targetId + "\n" + relation;
  }

  @Override
  public Lane lane() {
    return Lane.LINK;
  }

  @Override
  public String key() {
    return key(sourceId, targetId, relation);
  }

  @Override
  public Hash computedHash() {
    return hash(sourceId, targetId, relation, stamp, present, body);
  }

  private static Hash hash(
      String sourceId,
      String targetId,
      String relation,
      Stamp stamp,
      boolean present,
      String body) {
    return Hash.of(
        "link", sourceId, targetId, relation, stamp.text(), Boolean.toString(present), body);
  }
}
