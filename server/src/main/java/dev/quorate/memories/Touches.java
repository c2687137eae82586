package dev.quorate.memories;

import dev.quorate.failure.RequestFailure;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Tier;
import dev.quorate.store.Store;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Transaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What recall leaves behind (api.md 2.3): access statistics, which are a fact of this node, and
/// now and then a promotion or a later expiry, which is an ordinary edit. Recalls only note the
/// touch; a thread of its own writes them down once a second, so that no reader waits for a disk.
/// Thread-safe.
public final class Touches implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Touches.class.getName());

  /// Accesses after which a mid-tier memory becomes long-term.
  private static final int PROMOTING_ACCESSES = 5;

  /// A memory gains a priority each time its accesses reach another multiple of this.
  private static final int PRIORITY_ACCESSES = 10;

  /// Memories noted at most between two flushes; touches beyond are not counted.
  private static final int NOTED_MAX = 50_000;

  private static final int BATCH = 256;

  /// Memories written down at most each time, so that writes which somebody waits for come first.
  private static final int FLUSH_MAX = 4 * BATCH;

  private static final Duration FLUSH_INTERVAL = Duration.ofSeconds(1);

  private final Store store;
  private final Lifetimes lifetimes;
  private final InstantSource wallClock;
  private final ConcurrentHashMap<String, Noted> noted = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closing;

  /// Touches of one memory that are not written down yet.
  ///
  /// @param writing how many of them are in a transaction that may be over by now
  /// @param storedAfter what the store counts when it is
  public record Noted(long count, long lastMillis, long writing, long storedAfter) {
    static final Noted NONE = new Noted(0, 0, 0, 0);

    /// How many the store lacks that counts so many: between the end of the transaction and the
    /// next look at these notes a touch is in both.
    public long lackedBy(long stored) {
      return writing > 0 && stored >= storedAfter ? count - writing : count;
    }

    private Noted plus(Noted later) {
      return new Noted(count + later.count, later.lastMillis, writing, storedAfter);
    }

    private @Nullable Noted written(Noted touch) {
      var left = count - touch.count;
      return left == 0 ? null : new Noted(left, lastMillis, 0, 0);
    }
  }

  public Touches(Store store, Lifetimes lifetimes, InstantSource wallClock) {
    this.store = store;
    this.lifetimes = lifetimes;
    this.wallClock = wallClock;
    this.thread = Thread.ofPlatform().name("touches").daemon().start(this::run);
  }

  /// Notes that these memories were recalled.
  public void touch(Collection<String> ids) {
    if (noted.size() >= NOTED_MAX) return;
    var now = wallClock.millis();
    for (var id : ids) {
      noted.merge(id, new Noted(1, now, 0, 0), Noted::plus);
    }
  }

  /// What is noted of a memory and not yet in the store.
  public Noted pending(String id) {
    return noted.getOrDefault(id, Noted.NONE);
  }

  private void run() {
    while (!closing) {
      LockSupport.parkNanos(FLUSH_INTERVAL.toNanos());
      flush(FLUSH_MAX);
    }
    flush(Integer.MAX_VALUE);
  }

  private void flush(int limit) {
    var ids = noted.keySet().stream().limit(limit).toList();
    for (var from = 0; from < ids.size(); from += BATCH) {
      var batch = ids.subList(from, Math.min(from + BATCH, ids.size()));
      try {
        var written = store.write(transaction -> write(transaction, batch)).value();
        written.forEach((id, touch) -> noted.computeIfPresent(id, (_, now) -> now.written(touch)));
      } catch (RequestFailure e) {
        // Statistics give way to writes: what could not be written down stays noted.
        LOG.log(Level.DEBUG, "touches wait: {0}", e.getMessage());
        return;
      } catch (RuntimeException e) {
        // Whatever it is, the next round must come.
        LOG.log(Level.WARNING, "touches could not be written down", e);
        return;
      }
    }
  }

  /// Writes down what is noted of these memories now, and returns it.
  private Map<String, Noted> write(Transaction transaction, List<String> ids) {
    var written = new HashMap<String, Noted>();
    for (var id : ids) {
      var touch = noted.get(id);
      if (touch == null) continue;
      transaction
          .memory(id)
          .filter(StoredMemory::live)
          .ifPresent(stored -> write(transaction, stored, touch));
      written.put(id, touch);
    }
    return written;
  }

  private void write(Transaction transaction, StoredMemory stored, Noted touch) {
    var storedAfter = stored.accessCount() + touch.count;
    noted.computeIfPresent(
        stored.id(), (_, now) -> new Noted(now.count, now.lastMillis, touch.count, storedAfter));
    transaction.recordAccess(stored.id(), touch.count, touch.lastMillis);
    var before = stored.memory();
    var after = touched(before, stored.accessCount(), touch);
    if (!after.equals(before)) transaction.save(after);
  }

  private Memory touched(Memory memory, long accessesBefore, Noted touch) {
    var accesses = accessesBefore + touch.count;
    var steps = accesses / PRIORITY_ACCESSES - accessesBefore / PRIORITY_ACCESSES;
    var touched = memory.withPriority((int) Math.min(10, memory.priority() + steps));
    if (memory.tier() == Tier.MID && accesses >= PROMOTING_ACCESSES) {
      return touched.withTier(Tier.LONG, null);
    }
    return extended(touched, Instant.ofEpochMilli(touch.lastMillis));
  }

  /// The memory with a later expiry, if that is worth an edit: never an earlier one, and at most
  /// once in half an extension.
  private Memory extended(Memory memory, Instant now) {
    var extension = lifetimes.extension(memory.tier());
    var expiry = memory.expiresAt();
    if (expiry == null || !extension.isPositive()) return memory;
    var later = now.plus(extension);
    var worthIt = !later.isBefore(expiry.plus(extension.dividedBy(2)));
    return worthIt ? memory.withExpiry(later) : memory;
  }

  /// Writes down what is noted, and stops.
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
