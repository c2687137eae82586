package dev.quorate.embedding;

import dev.quorate.scheduling.Turns;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Has texts encoded in the time that no other thread wants of the processor: by one that gives it
/// up to whoever wakes. On a machine that never rests such a thread gets next to nothing; there
/// whoever asks encodes the text itself, with the share that it has. What the idle thread has begun
/// then goes on, slowly, and its result is dropped. Where others of this process are at work it
/// rests between texts. For one asking thread; [#close] may be called by any.
final class SpareTime implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final Duration END = Duration.ofSeconds(2);

  /// About what an asking thread of low priority gets beside one busy thread.
  private static final double SHARE_MIN = 0.1;

  /// Whoever has that much, where others come first, leaves room for one who comes last.
  private static final double SHARE_AMPLE = 0.5;

  /// How many texts in a row must show it: each wrong guess costs a look.
  private static final int AMPLE_TEXTS = 16;

  /// Where more of all processors is in use, Linux may look no more for one that it could give to
  /// whoever wakes, not even for one at work that gives way to anybody. By its formula that begins
  /// at 60 % of two processors and at more of many.
  private static final double BUSY = 0.55;

  /// How long is watched what others have.
  private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /// How long it rests then, of the time that it had a processor for a text.
  private static final double REST = 0.2;

  /// Far from what is taken for want of a processor.
  private static final long REST_NANOS_MAX = LOOK_NANOS / 10;

  /// What is done with a text, on this machine's processor.
  interface Encoder {
    Vector encode(String text) throws EmbeddingFailed;
  }

  private final Encoder encoder;
  private final Machine machine;
  private final boolean offered;
  private final LinkedTransferQueue<FutureTask<Vector>> asked = new LinkedTransferQueue<>();
  private final Thread idle =
      Thread.ofPlatform().name("vectors-idle").daemon().unstarted(this::run);

  /// What the idle thread could not do in time, and may be at still; none where it has room.
  private @Nullable FutureTask<Vector> abandoned;

  private int ample;
  private volatile boolean closed;

  SpareTime(Encoder encoder) {
    this(encoder, Turns.areOffered() && ThisMachine.tellsTimes(), new ThisMachine());
  }

  /// @param offered whether there is an idle thread at all
  SpareTime(Encoder encoder, boolean offered, Machine machine) {
    this.encoder = encoder;
    this.offered = offered;
    this.machine = machine;
  }

  private void run() {
    Turns.idleTakenByThisThread();
    var others = new Others();
    while (!closed) {
      try {
        var task = asked.take();
        var had = machine.had(idle);
        task.run();
        if (!others.areAtWork()) continue;
        var rest = Math.round(REST * (machine.had(idle) - had));
        machine.rest(Math.min(REST_NANOS_MAX, rest));
      } catch (InterruptedException _) {
        // Closed, or somebody's mistake.
      }
    }
  }

  /// Whether the other threads of this process leave room, by the latest time that was watched.
  private final class Others {
    /// This thread takes one processor; what the others have beside it makes the machine busy.
    private final double room = BUSY * machine.processors() - 1;

    private long since;
    private long had;
    private boolean atWork;

    Others() {
      begin(machine.now(), hadByOthers());
    }

    boolean areAtWork() {
      // With one processor there is none to be given.
      if (machine.processors() == 1) return false;
      var now = machine.now();
      if (now - since < WATCH_NANOS) return atWork;
      var has = hadByOthers();
      atWork = has - had > room * (now - since);
      begin(now, has);
      return atWork;
    }

    private void begin(long now, long has) {
      since = now;
      had = has;
    }

    private long hadByOthers() {
      return machine.hadByAll() - machine.had(idle);
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
        var begun = machine.now();
        var had = machine.had(idle);
        try {
          return task.get(LOOK_NANOS, TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
          if (closed) throw closed();
          var got = machine.had(idle) - had;
          if (idle.isAlive() && got >= SHARE_MIN * (machine.now() - begun)) continue;
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
    var begun = machine.now();
    var had = machine.had(Thread.currentThread());
    var vector = encoder.encode(text);
    var got = machine.had(Thread.currentThread()) - had;
    ample = got > SHARE_AMPLE * (machine.now() - begun) ? ample + 1 : 0;
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
