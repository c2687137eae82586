package dev.quorate.memory;

import java.util.UUID;

/// Ids for new memories: UUIDs of version 4, of which the first four digits are common to a short
/// moment and the rest is random.
///
/// Memories that are written together so stand together in every index by id, on every node, and a
/// commit of many changes few pages of each; with ids that are random throughout it rewrote a page
/// for each memory and index. Moments that follow each other are far apart, unlike those of a
/// version 7, so that eight digits, by which people name memories, mostly tell one from all others;
/// of those that one bulk brought some will need more.
public final class MemoryId {
  /// Some hundred memories at the rates that a node reaches, which is a few pages of an index.
  private static final int MOMENT_MILLIS = 64;

  private static final int MOMENT_BITS = 16;

  /// Odd, so that as many moments as there are prefixes take each prefix once; and near the golden
  /// section of them, so that neighbours in time are none in order.
  private static final int SPREAD = 0x9E37;

  private MemoryId() {}

  /// A new id.
  ///
  /// @param nowMillis of the node's clock; whatever it says, no two ids are the same
  public static String fresh(long nowMillis) {
    var random = UUID.randomUUID();
    var below = Long.SIZE - MOMENT_BITS;
    var prefix = (Math.floorDiv(nowMillis, MOMENT_MILLIS) * SPREAD) << below;
    var rest = random.getMostSignificantBits() & (-1L >>> MOMENT_BITS);
    return new UUID(prefix | rest, random.getLeastSignificantBits()).toString();
  }
}
