package dev.quorate.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.embedding.Embedder;
import dev.quorate.embedding.EmbeddingFailed;
import dev.quorate.embedding.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class SpareTimeTest {
  private static final List<String> TEXTS = List.of("a", "b");
  private static final Vector VECTOR = Vector.of(new float[] {1, 2, 3});

  /// `SCHED_IDLE` of `sched(7)`.
  private static final int IDLE_POLICY = 5;

  /// Where `proc(5)` says `policy` in a thread's `stat`, counted from behind the name.
  private static final int POLICY_FIELD = 41 - 3;

  private final Thread me = Thread.currentThread();
  private final List<Thread> makers = new CopyOnWriteArrayList<>();

  @Test
  void theAnswerIsTheEmbedders() throws Exception {
    try (var spare = new SpareTime()) {
      assertThat(spare.embed(embedder(() -> {}), TEXTS)).containsExactly(VECTOR, VECTOR);
    }
    assertThat(makers).hasSize(1).doesNotContain(me);
  }

  @Test
  void aFailureIsTheEmbeddersToo() {
    var fault = new IllegalArgumentException("a fault");
    try (var spare = new SpareTime()) {
      assertThatThrownBy(() ->
              spare.embed(
                  embedder(() -> {
                    throw EmbeddingFailed.lasting("not that text");
                  }),
                  TEXTS))
          .isInstanceOf(EmbeddingFailed.class)
          .hasMessage("not that text");
      assertThatThrownBy(() ->
              spare.embed(
                  embedder(() -> {
                    throw fault;
                  }),
                  TEXTS))
          .isSameAs(fault);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void itRunsOnlyWhereNothingElseWantsTo() throws Exception {
    var policy = new AtomicLong();
    try (var spare = new SpareTime()) {
      spare.embed(embedder(() -> policy.set(schedulingPolicy())), TEXTS);
    }
    assertThat(policy).hasValue(IDLE_POLICY);
    assertThat(schedulingPolicy()).as("of whoever asked").isZero();
  }

  @Test
  void whereNoTimeIsLeftWhoeverAsksMakesThem() throws Exception {
    var freed = new CountDownLatch(1);
    try (var spare = new SpareTime(_ -> 0)) {
      var starving =
          embedder(() -> {
            // Wants the processor all the time, and is said to have none of it.
            while (!Thread.currentThread().equals(me) && freed.getCount() > 0) Thread.onSpinWait();
          });
      assertThat(spare.embed(starving, TEXTS)).containsExactly(VECTOR, VECTOR);
      assertThat(makers).hasSize(2).endsWith(me);
      assertThat(spare.embed(starving, TEXTS)).containsExactly(VECTOR, VECTOR);
      assertThat(makers).hasSize(3).endsWith(me);
      freed.countDown();
    }
  }

  @Test
  void whenTimeIsLeftAgainItIsUsed() throws Exception {
    var freed = new CountDownLatch(1);
    // Whoever asks has all the time there is, and the other thread has none.
    try (var spare = new SpareTime(thread -> thread.equals(me) ? System.nanoTime() : 0)) {
      var starving =
          embedder(() -> {
            while (!Thread.currentThread().equals(me) && freed.getCount() > 0) Thread.onSpinWait();
          });
      spare.embed(starving, TEXTS);
      spare.embed(starving, TEXTS);
      assertThat(makers).as("while the first is not done").hasSize(3).endsWith(me);
      freed.countDown();
      var before = makers.size();
      while (makers.getLast().equals(me)) spare.embed(embedder(() -> {}), TEXTS);
      assertThat(makers.size()).isGreaterThan(before);
    }
  }

  @Test
  void oneThatWaitsForAnotherMachineIsAskedOnce() throws Exception {
    var answered = new CountDownLatch(1);
    var looks = new AtomicLong();
    try (var spare =
        new SpareTime(_ -> {
          if (looks.incrementAndGet() == 3) answered.countDown();
          return 0;
        })) {
      assertThat(spare.embed(embedder(() -> waitFor(answered)), TEXTS)).hasSize(2);
    }
    assertThat(makers).hasSize(1).doesNotContain(me);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static int schedulingPolicy() {
    try {
      var stat = Files.readString(Path.of("/proc/thread-self/stat"));
      var fields = new Scanner(stat.substring(stat.lastIndexOf(')') + 1));
      for (var field = 0; field < POLICY_FIELD; field++) fields.next();
      return fields.nextInt();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private interface Step {
    void run() throws EmbeddingFailed;
  }

  private Embedder embedder(Step first) {
    return new Embedder() {
      @Override
      public String model() {
        return "m";
      }

      @Override
      public List<Vector> embed(List<String> texts) throws EmbeddingFailed {
        makers.add(Thread.currentThread());
        first.run();
        return texts.stream().map(_ -> VECTOR).toList();
      }

      @Override
      public void close() {}
    };
  }
}
