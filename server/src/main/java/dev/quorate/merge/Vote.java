package dev.quorate.merge;

import dev.quorate.time.Stamp;

/// One valid vote on a pending action: a stamped fact of a set that only grows. Whether it was
/// valid was judged where it was cast.
public record Vote(String pendingId, String voter, boolean approve, Stamp stamp, Hash hash)
    implements Register {

  public static Vote of(String pendingId, String voter, boolean approve, Stamp stamp) {
    return new Vote(pendingId, voter, approve, stamp, hash(pendingId, voter, approve, stamp));
  }

  @Override
  public Lane lane() {
    return Lane.VOTE;
  }

  @Override
  public String key() {
    return pendingId + "\n" + stamp.text() + "\n" + hash;
  }

  @Override
  public Hash computedHash() {
    return hash(pendingId, voter, approve, stamp);
  }

  private static Hash hash(String pendingId, String voter, boolean approve, Stamp stamp) {
    return Hash.of("vote", pendingId, stamp.text(), Boolean.toString(approve), voter);
  }
}
