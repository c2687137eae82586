package dev.quorate.merge;

import dev.quorate.time.Stamp;
import java.util.Optional;

/// The content of one memory id: the whole row, one rule for all columns.
///
/// @param body canonical body of the memory
/// @param seen the versions that the edit replaced knowingly
public record ContentRegister(String id, Stamp stamp, Seen seen, String body, Hash hash)
    implements Register {

  public static ContentRegister of(String id, Stamp stamp, Seen seen, String body) {
    return new ContentRegister(id, stamp, seen, body, hash(id, stamp, seen, body));
  }

  /// Which of two contents of one id stands, and which is lost: the loser that the winner was not
  /// made in knowledge of.
  public static Merged merge(ContentRegister a, ContentRegister b) {
    if (a.hash.equals(b.hash)) return new Merged(a, Optional.empty());
    var later = b.isLaterThan(a);
    var winner = later ? b : a;
    var loser = later ? a : b;
    var known = winner.seen.covers(loser.stamp);
    return new Merged(winner, known ? Optional.empty() : Optional.of(loser));
  }

  /// What a merge gives.
  ///
  /// @param lost the version that was overruled without having been seen
  public record Merged(ContentRegister winner, Optional<ContentRegister> lost) {}

  @Override
  public Lane lane() {
    return Lane.CONTENT;
  }

  @Override
  public String key() {
    return id;
  }

  @Override
  public Hash computedHash() {
    return hash(id, stamp, seen, body);
  }

  private static Hash hash(String id, Stamp stamp, Seen seen, String body) {
    return Hash.of("content", id, stamp.text(), seen.text(), body);
  }
}
