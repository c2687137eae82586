package dev.quorate.http.transport;

import dev.quorate.failure.RequestFailure.Overloaded;
import java.util.concurrent.Semaphore;

/// How much of the heap large answers may take at once. An answer is several times its size while
/// it is made, and stays until the client has taken it; enough of them at a time would end the
/// process. One that does not fit is refused at once: what it is made of is in memory already when
/// its size is known. Thread-safe.
final class AnswerMemory {
  /// Answers up to here are not counted: as many as there are places for requests fit any heap.
  static final int SMALL_BYTES_MAX = 16 << 10;

  /// What a byte of an answer takes: as it was read, in two bytes for a character where one is not
  /// Latin, as it is shown row by row, and in the whole.
  private static final int MAKING = 5;

  /// What a byte of an answer takes that is being sent: itself, and the copies on the way to the
  /// socket.
  private static final int SENDING = 3;

  /// The longest answer must always fit.
  private static final int KIBIBYTES_MIN = 24 << 10;

  private final Semaphore free;

  AnswerMemory(long heapBytesMax) {
    var quarter = Math.clamp(heapBytesMax >> 12, 1, Integer.MAX_VALUE);
    this.free = new Semaphore(Math.max(quarter, KIBIBYTES_MIN));
  }

  /// Room for one answer: taken once it is known how long that will be, less of it once it is made,
  /// and given back when it is closed. Thread-safe: whoever reads for an answer may do so when
  /// nobody waits for it any more.
  final class Room implements AutoCloseable {
    private int taken;
    private boolean announced;
    private boolean closed;

    private Room() {}

    /// @param bytes how long the answer will be, at least about
    /// @throws Overloaded when there is no room now, or nobody waits for the answer any more
    synchronized void take(long bytes) {
      if (closed) throw new Overloaded("the request is over");
      announced = true;
      if (bytes > SMALL_BYTES_MAX) require(kibibytes(bytes, MAKING));
    }

    /// The answer is made, and waits to be sent.
    ///
    /// @param refusable whether it may be refused: where it tells of what was done, it may not
    /// @throws Overloaded when it may, was not announced, and there is no room now
    synchronized void made(int bytes, boolean refusable) {
      var wanted = bytes > SMALL_BYTES_MAX ? kibibytes(bytes, SENDING) : 0;
      if (wanted <= taken) {
        free.release(taken - wanted);
        taken = wanted;
      } else if (refusable && !announced) {
        require(wanted - taken);
      } else if (free.tryAcquire(wanted - taken)) {
        taken = wanted;
      }
    }

    private void require(int more) {
      if (!free.tryAcquire(more)) {
        throw new Overloaded("too many large answers at a time; ask for less, or again");
      }
      taken += more;
    }

    @Override
    public synchronized void close() {
      closed = true;
      free.release(taken);
      taken = 0;
    }
  }

  Room room() {
    return new Room();
  }

  /// How many KiB are left.
  int freeKibibytes() {
    return free.availablePermits();
  }

  private static int kibibytes(long bytes, int growth) {
    return (int) (bytes * growth / 1024);
  }
}
