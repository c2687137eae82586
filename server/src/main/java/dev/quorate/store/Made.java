package dev.quorate.store;

import dev.quorate.merge.Hash;
import dev.quorate.merge.Lane;
import dev.quorate.merge.Register;
import dev.quorate.time.Stamp;

/// One register that an operation changed here, or found as it was to be, and the number that the
/// change of it has here.
public record Made(Lane lane, String key, Stamp stamp, Hash hash, long sequence) {
  static Made of(Register register, long sequence) {
    return new Made(register.lane(), register.key(), register.stamp(), register.hash(), sequence);
  }
}
