package dev.quorate.embedding;

import dev.quorate.scheduling.Turns;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Has texts encoded in the time that no other thread wants of the processor: by one that gives it
/// up to whoever wakes. On a machine that never rests such a thread gets next to nothing; there
/// whoever asks encodes the text itself, with the share that it has. What the idle thread has begun
/// then goes on, slowly, and its result is dropped. For one asking thread; [#close] may be called
/// by any.
final class SpareTime implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final Duration END = Duration.ofSeconds(2);

  /// About what an asking thread of low priority gets beside one busy thread.
  private static final double SHARE_MIN = 0.1;

  /// Whoever has that much, where others come first, leaves room for one who comes last.
  private static final double SHARE_AMPLE = 0.5;

  /// How many texts in a row must show it: each wrong guess costs a look.
  private static final int AMPLE_TEXTS = 16;

  /// What is done with a text, on this machine's processor.
  interface Encoder {
    Vector encode(String text) throws EmbeddingFailed;
  }

  private final Encoder encoder;
  private final ToLongFunction<Thread> processorNanos;
  private final boolean offered;
  private final LinkedTransferQueue<FutureTask<Vector>> asked = new LinkedTransferQueue<>();
  private final Thread idle =
      Thread.ofPlatform().name("vectors-idle").daemon().unstarted(this::run);

  /// What the idle thread could not do in time, and may be at still; none where it has room.
  private @Nullable FutureTask<Vector> abandoned;

  private int ample;
  private volatile boolean closed;

  SpareTime(Encoder encoder) {
    var threads = ManagementFactory.getThreadMXBean();
    this(
        encoder,
        Turns.areOffered() && threads.isThreadCpuTimeSupported(),
        thread -> threads.getThreadCpuTime(thread.threadId()));
  }

  /// @param offered whether there is an idle thread at all
  /// @param processorNanos how long a thread has had a processor
  SpareTime(Encoder encoder, boolean offered, ToLongFunction<Thread> processorNanos) {
    this.encoder = encoder;
    this.offered = offered;
    this.processorNanos = processorNanos;
  }

  private void run() {
    Turns.idleTakenByThisThread();
    while (!closed) {
      try {
        asked.take().run();
      } catch (InterruptedException _) {
        // Closed, or somebody's mistake.
      }
    }
  }

  /// The encoder's vector of the text.
  ///
  /// @throws EmbeddingFailed as the encoder does, or when this is closed
  Vector encode(String text) throws EmbeddingFailed {
    if (closed) throw closed();
    if (!offered) return encoder.encode(text);
    if (abandoned != null) return encodeHere(text, abandoned);
    if (idle.getState() == Thread.State.NEW) idle.start();
    var task = new FutureTask<>(() -> encoder.encode(text));
    asked.add(task);
    try {
      while (true) {
        var begun = System.nanoTime();
        var had = processorNanos.applyAsLong(idle);
        try {
          return task.get(LOOK_NANOS, TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
          if (closed) throw closed();
          var got = processorNanos.applyAsLong(idle) - had;
          if (idle.isAlive() && got >= SHARE_MIN * (System.nanoTime() - begun)) continue;
          abandoned = task;
          ample = 0;
          return encodeHere(text, task);
        }
      }
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw EmbeddingFailed.forNow("interrupted", e);
    }
  }

  private static EmbeddingFailed closed() {
    return EmbeddingFailed.forNow("the model is closed");
  }

  private Vector encodeHere(String text, FutureTask<Vector> left) throws EmbeddingFailed {
    var begun = System.nanoTime();
    var had = processorNanos.applyAsLong(Thread.currentThread());
    var vector = encoder.encode(text);
    var got = processorNanos.applyAsLong(Thread.currentThread()) - had;
    ample = got > SHARE_AMPLE * (System.nanoTime() - begun) ? ample + 1 : 0;
    if (ample >= AMPLE_TEXTS && left.isDone()) abandoned = null;
    return vector;
  }

  private static EmbeddingFailed failure(ExecutionException wrapped) {
    return switch (wrapped.getCause()) {
      case EmbeddingFailed failed -> failed;
      case RuntimeException fault -> throw fault;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException(wrapped);
    };
  }

  /// Ends the thread when it is done with its text, and waits for that, but not for long.
  @Override
  public void close() {
    closed = true;
    idle.interrupt();
    try {
      if (idle.isAlive()) idle.join(END);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
