package dev.quorate.vectors;

import dev.quorate.embedding.Embedder;
import dev.quorate.embedding.EmbeddingFailed;
import dev.quorate.embedding.Vector;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Has vectors made in the time that nobody else wants of the processor: by a thread that gives it
/// up to whoever wakes. On a machine that never rests such a thread gets next to nothing; there
/// whoever asks makes them itself, with the share that it has. For one asking thread; [#close] may
/// be called by any.
final class SpareTime implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /// Less than the asking thread would get in any case, see [LowPriority].
  private static final double SHARE_MIN = 0.1;

  /// Whoever has that much, where others come first, leaves room for one who comes last.
  private static final double SHARE_AMPLE = 0.5;

  private final ToLongFunction<Thread> processorNanos;
  private final LinkedTransferQueue<FutureTask<List<Vector>>> asked = new LinkedTransferQueue<>();
  private final Thread idle =
      Thread.ofPlatform().name("vectors-idle").daemon().unstarted(this::run);

  /// What the idle thread could not do in time, and may be at still.
  private @Nullable FutureTask<List<Vector>> given;

  private boolean crowded;

  SpareTime() {
    this(thread -> ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId()));
  }

  /// @param processorNanos how long a thread has had a processor
  SpareTime(ToLongFunction<Thread> processorNanos) {
    this.processorNanos = processorNanos;
  }

  private void run() {
    LowPriority.idleTakenByThisThread();
    try {
      while (true) asked.take().run();
    } catch (InterruptedException _) {
      // Closed: nobody asks any more.
    }
  }

  /// The embedder's answer. On a crowded machine it may be asked for the same twice.
  List<Vector> embed(Embedder embedder, List<String> texts)
      throws EmbeddingFailed, InterruptedException {
    if (crowded) return embedHere(embedder, texts);
    if (idle.getState() == Thread.State.NEW) idle.start();
    var task = new FutureTask<>(() -> embedder.embed(texts));
    asked.add(task);
    for (var had = processorNanos.applyAsLong(idle); ; ) {
      try {
        return task.get(LOOK_NANOS, TimeUnit.NANOSECONDS);
      } catch (TimeoutException _) {
        var has = processorNanos.applyAsLong(idle);
        // One that waits, for another machine's answer for instance, lacks no processor.
        var starved =
            idle.getState() == Thread.State.RUNNABLE && has - had < SHARE_MIN * LOOK_NANOS;
        if (starved) {
          given = task;
          crowded = true;
          return embedHere(embedder, texts);
        }
        had = has;
      } catch (ExecutionException e) {
        throw failure(e);
      }
    }
  }

  private List<Vector> embedHere(Embedder embedder, List<String> texts) throws EmbeddingFailed {
    var begun = System.nanoTime();
    var had = processorNanos.applyAsLong(Thread.currentThread());
    var vectors = embedder.embed(texts);
    var has = processorNanos.applyAsLong(Thread.currentThread());
    var ample = has - had > SHARE_AMPLE * (System.nanoTime() - begun);
    if (ample && (given == null || given.isDone())) crowded = false;
    return vectors;
  }

  private static EmbeddingFailed failure(ExecutionException wrapped) {
    return switch (wrapped.getCause()) {
      case EmbeddingFailed failed -> failed;
      case RuntimeException fault -> throw fault;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException(wrapped);
    };
  }

  /// Ends the thread, when the embedder is done.
  @Override
  public void close() {
    idle.interrupt();
  }
}
