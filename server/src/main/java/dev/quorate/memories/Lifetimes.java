package dev.quorate.memories;

import dev.quorate.memory.Tier;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long a tier lasts, and how far a recall extends it (api.md 2.3).
///
/// @param shortTerm life of a new short-tier memory; zero for no expiry, as in the other two
/// @param shortExtension how long a short-tier memory lives at least after it was recalled
public record Lifetimes(
    Duration shortTerm,
    Duration midTerm,
    Duration longTerm,
    Duration shortExtension,
    Duration midExtension) {

  public static final Lifetimes DEFAULT =
      new Lifetimes(
          Duration.ofHours(6),
          Duration.ofDays(7),
          Duration.ZERO,
          Duration.ofHours(1),
          Duration.ofDays(1));

  /// When a memory of this tier expires if it is made at `now`; absent for never.
  @Nullable Instant expiry(Tier tier, Instant now) {
    var life =
        switch (tier) {
          case SHORT -> shortTerm;
          case MID -> midTerm;
          case LONG -> longTerm;
        };
    return life.isPositive() ? now.plus(life) : null;
  }

  /// How far a touch extends an expiry; zero for a tier that is not extended.
  Duration extension(Tier tier) {
    return switch (tier) {
      case SHORT -> shortExtension;
      case MID -> midExtension;
      case LONG -> Duration.ZERO;
    };
  }
}
