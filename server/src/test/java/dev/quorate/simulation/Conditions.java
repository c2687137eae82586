package dev.quorate.simulation;

import dev.quorate.seeds.Chance;

/// What kind of world a seed gives.
///
/// @param nodes 1 to 7
/// @param writes how many nodes must hold a write, 1 to `nodes`
/// @param operations how many mutations users try
/// @param activeMillis how long they do so
/// @param delayMillisMax how long a message travels
/// @param latePercent how often a message travels for longer than anybody waits for an answer
/// @param troubles how often something breaks
/// @param throughBytes whether messages are written and read as on the wire
/// @param repairs whether digests are compared; where they are not, push and catch-up must do
/// @param clocks whether clocks jump
/// @param restores whether stores are lost and restored from backups
/// @param losses how often that happens for certain, besides as one of the `troubles`
record Conditions(
    int nodes,
    int writes,
    int operations,
    long activeMillis,
    int delayMillisMax,
    int lossPercent,
    int twicePercent,
    int latePercent,
    int troubles,
    boolean throughBytes,
    boolean repairs,
    boolean clocks,
    boolean restores,
    int losses,
    long catchupMillis,
    long requestMillis) {
  static final long CLOCK_AHEAD_MILLIS_MAX = 60_000;
  static final long QUORUM_MILLIS = 2_000;

  static Conditions of(Chance chance) {
    var nodes = chance.oneOf(3, 3, 3, 3, 3, 3, 2, 2, 4, 5, 7, 1);
    var restores = chance.percent(40);
    return new Conditions(
        nodes,
        1 + chance.below(nodes),
        30 + chance.below(40),
        chance.oneOf(5_000, 20_000, 60_000),
        chance.oneOf(3, 30, 400),
        chance.oneOf(0, 0, 5, 25),
        chance.oneOf(0, 5, 20),
        chance.oneOf(0, 0, 5),
        chance.oneOf(0, 4, 10),
        chance.percent(15),
        chance.percent(25),
        chance.percent(30),
        restores,
        restores ? chance.oneOf(0, 1, 2, 4) : 0,
        chance.oneOf(5_000, 30_000),
        chance.oneOf(1_000, 10_000));
  }
}
