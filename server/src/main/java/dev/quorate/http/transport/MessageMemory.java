package dev.quorate.http.transport;

import dev.quorate.failure.RequestFailure.Overloaded;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How much of the heap large bodies and answers may take at once. A body is many times its size
/// while it is being parsed, an answer several times while it is being made, and enough of them at
/// a time would end the process. So bodies take turns, and one that waits too long is refused; an
/// answer, which is in memory already when its size is known, is refused at once.
final class MessageMemory {
  /// Messages up to here are not counted: as many as there are places for requests fit any heap.
  private static final int SMALL_MAX = 16 << 10;

  /// What a byte of JSON takes as objects, at worst but for contrived bodies.
  private static final int BODY_GROWTH = 16;

  /// What a character of an answer takes: as it was read, as it is shown, in the buffer that grows
  /// with the answer, and in the answer.
  private static final int ANSWER_GROWTH = 6;

  /// What a byte of an answer takes that is being sent: itself, and the copies on the way to the
  /// socket.
  private static final int SENDING_GROWTH = 3;

  private static final long WAIT_MILLIS_MAX = 5_000;

  private final int bodyBytesMax;
  private final Semaphore free;

  MessageMemory(int bodyBytesMax, long heapBytesMax) {
    this.bodyBytesMax = bodyBytesMax;
    var half = Math.clamp(heapBytesMax >> 11, 1, Integer.MAX_VALUE);
    // One body of the largest size must always fit.
    this.free = new Semaphore(Math.max(half, kibibytes(bodyBytesMax, BODY_GROWTH)), true);
  }

  /// Room for one body; closing it gives the room back.
  final class BodyRoom implements AutoCloseable {
    private final int taken;

    private BodyRoom(int taken) {
      this.taken = taken;
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
  BodyRoom take(OptionalLong length) {
    var announced = length.orElse(bodyBytesMax);
    // What is announced too large is refused without being read.
    var bytes = announced > bodyBytesMax ? 0 : announced;
    if (bytes <= SMALL_MAX) return new BodyRoom(0);
    var weight = kibibytes(bytes, BODY_GROWTH);
    try {
      if (free.tryAcquire(weight, WAIT_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
        return new BodyRoom(weight);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new Overloaded("too many large bodies at a time");
  }

  /// Room for one answer: taken once its size is known, less of it once it is made, given back when
  /// it is closed. Belongs to one thread.
  final class AnswerRoom implements AutoCloseable {
    private int taken;

    private AnswerRoom() {}

    /// @param characters of what the answer will show
    /// @throws Overloaded when there is no room now
    void take(long characters) {
      if (characters <= SMALL_MAX) return;
      var weight = kibibytes(characters, ANSWER_GROWTH);
      if (!free.tryAcquire(weight)) {
        throw new Overloaded("too many large answers at a time; ask for less, or again");
      }
      taken += weight;
    }

    /// The answer is made and waits to be sent.
    void keep(int bytes) {
      var left = Math.min(taken, kibibytes(bytes, SENDING_GROWTH));
      free.release(taken - left);
      taken = left;
    }

    @Override
    public void close() {
      free.release(taken);
      taken = 0;
    }
  }

  AnswerRoom forAnswer() {
    return new AnswerRoom();
  }

  private static int kibibytes(long size, int growth) {
    return (int) (size * growth / 1024);
  }
}
