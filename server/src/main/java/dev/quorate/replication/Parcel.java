package dev.quorate.replication;

import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Register;
import dev.quorate.store.Made;

/// One register in a batch, as it is sent.
///
/// @param sequence the number of its change here
public record Parcel(Register register, long sequence) {
  /// Lane and key in one.
  public String name() {
    return name(register);
  }

  static String name(Register register) {
    return register.lane() + "\n" + register.key();
  }

  static String name(Made made) {
    return made.lane() + "\n" + made.key();
  }

  /// Whether who holds this holds what an operation made, or something that supersedes it and has
  /// nothing to keep of it. A content that lost without having been seen is in history by a change
  /// of its own, of which this says nothing.
  boolean carries(Made made) {
    if (register.hash().equals(made.hash())) return true;
    return !(register instanceof ContentRegister content) || content.seen().covers(made.stamp());
  }
}
