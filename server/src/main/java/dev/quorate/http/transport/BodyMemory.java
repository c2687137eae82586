package dev.quorate.http.transport;

import dev.quorate.failure.RequestFailure.Overloaded;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How much of the heap large bodies may take at once. A body is many times its size while it is
/// being parsed, and enough of them at a time would end the process; so they take turns, and one
/// that waits too long is refused.
final class BodyMemory {
  /// Bodies up to here are not counted: as many as there are places for requests fit any heap.
  private static final int SMALL_BYTES_MAX = 16 << 10;

  /// What a byte of JSON takes as objects, at worst but for contrived bodies.
  private static final int GROWTH = 16;

  private static final long WAIT_MILLIS_MAX = 5_000;

  private final int bodyBytesMax;
  private final int kibibytes;
  private final Semaphore free;

  BodyMemory(int bodyBytesMax, long heapBytesMax) {
    this.bodyBytesMax = bodyBytesMax;
    var half = Math.clamp(heapBytesMax >> 11, 1, Integer.MAX_VALUE);
    // One body of the largest size must always fit.
    this.kibibytes = Math.max(half, weight(bodyBytesMax));
    this.free = new Semaphore(kibibytes, true);
  }

  /// Room for one body; closing it gives the room back.
  final class Room implements AutoCloseable {
    private int taken;

    private Room(int taken) {
      this.taken = taken;
    }

    /// The body is here, and may be shorter than it might have been.
    void keep(int bytes) {
      var left = Math.min(taken, bytes <= SMALL_BYTES_MAX ? 0 : weight(bytes));
      free.release(taken - left);
      taken = left;
    }

    @Override
    public void close() {
      free.release(taken);
    }
  }

  /// Waits for room.
  ///
  /// @param length the body's length in bytes, where the client says it
  /// @throws Overloaded when there is none in time
  Room take(OptionalLong length) {
    var announced = length.orElse(bodyBytesMax);
    // What is announced too large is refused without being read.
    var bytes = announced > bodyBytesMax ? 0 : (int) announced;
    if (bytes <= SMALL_BYTES_MAX) return new Room(0);
    var weight = weight(bytes);
    try {
      if (free.tryAcquire(weight, WAIT_MILLIS_MAX, TimeUnit.MILLISECONDS)) return new Room(weight);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new Overloaded("too many large bodies at a time");
  }

  private static int weight(int bytes) {
    return (int) ((long) bytes * GROWTH / 1024);
  }
}
