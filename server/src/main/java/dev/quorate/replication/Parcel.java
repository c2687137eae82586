package dev.quorate.replication;

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

  /// What is left to know of it once it was sent.
  Carried carried() {
    return Carried.of(register);
  }
}
