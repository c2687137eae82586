package dev.quorate.memories;

import dev.quorate.memory.Memory;
import dev.quorate.search.PastMemory;
import dev.quorate.store.StoredMemory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.function.UnaryOperator;

/// How many memories one question may have laid out in memory, and how long they may be together:
/// so much that the heap of a usual node has room for two such questions at a time. Not
/// thread-safe.
final class LookRoom {
  private static final Logger LOG = System.getLogger(LookRoom.class.getName());

  /// Each costs a tenth of a millisecond to lay out.
  static final int MEMORIES_MAX = 10_000;

  static final long CHARACTERS_MAX = 8L << 20;

  /// How many are read at a time, so that what goes beyond the room is not read first.
  static final int PAGE = 100;

  private int memories;
  private long characters;

  /// Whether there is room for this one too, which is taken then.
  boolean take(StoredMemory memory) {
    if (memories == MEMORIES_MAX || !lengthen(memory.body().length())) return false;
    memories++;
    return true;
  }

  /// Whether there is room for more text of a memory that is there, which is taken then.
  ///
  /// @param more characters; below 0 gives room back
  boolean lengthen(long more) {
    if (characters + more > CHARACTERS_MAX) return false;
    characters += more;
    return true;
  }

  /// Whether a memory can be read: one that is damaged takes no other out of the answer until it is
  /// mended.
  static boolean isReadable(StoredMemory memory) {
    try {
      return !memory.memory().title().isEmpty();
    } catch (RuntimeException _) {
      LOG.log(Level.DEBUG, "the memory {0} cannot be read", memory.id());
      return false;
    }
  }

  /// Memories for one search, read one by one: all of them at once would be in memory three times.
  ///
  /// @param as what each is taken for
  static Iterable<PastMemory> laidOut(Collection<StoredMemory> memories, UnaryOperator<Memory> as) {
    return () ->
        memories.stream()
            .map(stored ->
                new PastMemory(stored.id(), as.apply(stored.memory()), stored.stamp().millis()))
            .iterator();
  }
}
