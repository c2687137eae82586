package dev.quorate.store;

import dev.quorate.merge.Hash;
import dev.quorate.merge.Lane;
import dev.quorate.merge.Register;

/// A register by its name and the hash of what it holds.
public record RegisterName(Lane lane, String key, Hash hash) {
  public static RegisterName of(Register register) {
    return new RegisterName(register.lane(), register.key(), register.hash());
  }
}
