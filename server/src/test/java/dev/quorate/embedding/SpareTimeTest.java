package dev.quorate.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SpareTimeTest {
  private static final Vector VECTOR = Vector.of(new float[] {1, 2, 3});

  /// `SCHED_IDLE` of `sched(7)`.
  private static final int IDLE_POLICY = 5;

  /// How many fields of a thread's `stat` stand between its name and its policy, see `proc(5)`.
  private static final int BEFORE_POLICY = 38;

  private final Thread me = Thread.currentThread();

  private final AtomicInteger looks = new AtomicInteger();
  private final List<Thread> encoders = new CopyOnWriteArrayList<>();
  private final List<Long> rests = new CopyOnWriteArrayList<>();

  /// Every thread has a processor all the time, and there is room for more.
  private final Machine ample = machine(_ -> System.nanoTime(), () -> 0);

  /// The other thread never has one, and whoever asks always has.
  private final Machine starving =
      machine(
          thread -> {
            if (thread.equals(me)) return System.nanoTime();
            if (Thread.currentThread().equals(me)) looks.incrementAndGet();
            return 0;
          },
          () -> 0);

  private Machine machine(ToLongFunction<Thread> had, LongSupplier hadByAll) {
    return machine(2, System::nanoTime, had, hadByAll);
  }

  private Machine machine(
      int processors, LongSupplier now, ToLongFunction<Thread> had, LongSupplier hadByAll) {
    return new Machine() {
      @Override
      public int processors() {
        return processors;
      }

      @Override
      public long now() {
        return now.getAsLong();
      }

      @Override
      public long had(Thread thread) {
        return had.applyAsLong(thread);
      }

      @Override
      public long hadByAll() {
        return hadByAll.getAsLong();
      }

      @Override
      public void rest(long nanos) {
        rests.add(nanos);
      }
    };
  }

  @Test
  void theVectorIsTheEncoders() throws Exception {
    try (var spare = new SpareTime(encoder(() -> {}), true, ample)) {
      assertThat(spare.encode("a")).isEqualTo(VECTOR);
    }
    assertThat(encoders).hasSize(1).doesNotContain(me);
  }

  @Test
  void whereThereIsNoSuchThreadWhoeverAsksEncodes() throws Exception {
    try (var spare = new SpareTime(encoder(() -> {}), false, ample)) {
      assertThat(spare.encode("a")).isEqualTo(VECTOR);
    }
    assertThat(encoders).containsExactly(me);
  }

  @Test
  void aFailureIsTheEncodersToo() {
    var fault = new IllegalArgumentException("a fault");
    var calls = new AtomicInteger();
    var failing =
        encoder(() -> {
          if (calls.getAndIncrement() == 0) throw EmbeddingFailed.lasting("not that text");
          throw fault;
        });
    try (var spare = new SpareTime(failing, true, ample)) {
      assertThatThrownBy(() -> spare.encode("a"))
          .isInstanceOf(EmbeddingFailed.class)
          .hasMessage("not that text");
      assertThatThrownBy(() -> spare.encode("b")).isSameAs(fault);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void itRunsOnlyWhereNothingElseWantsTo() throws Exception {
    var policy = new AtomicLong();
    var before = schedulingPolicy();
    var noting = encoder(() -> policy.set(schedulingPolicy()));
    try (var spare = new SpareTime(noting, true, ample)) {
      spare.encode("a");
    }
    assertThat(policy).hasValue(IDLE_POLICY);
    assertThat(schedulingPolicy()).as("of whoever asked").isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.00, false",
    "2, 0.09, false",
    "2, 0.11, true",
    "4, 1.19, false",
    "4, 1.21, true",
  })
  void itRestsForAFifthWhereOthersLeaveNoRoom(int processors, double others, boolean resting)
      throws Exception {
    var second = TimeUnit.SECONDS.toNanos(1);
    var now = new AtomicLong();
    var encoding = new AtomicLong();
    var all = new AtomicLong();
    var machine = machine(processors, now::get, _ -> encoding.get(), all::get);
    var encoder =
        encoder(() -> {
          now.addAndGet(second);
          encoding.addAndGet(1_000_000);
          all.addAndGet(1_000_000 + Math.round(others * second));
        });
    try (var spare = new SpareTime(encoder, true, machine)) {
      for (var text = 0; text < 3; text++) spare.encode("a");
    }
    if (resting) assertThat(rests).isNotEmpty().containsOnly(200_000L);
    else assertThat(rests).isEmpty();
  }

  @Test
  void noRestIsLong() throws Exception {
    var now = new AtomicLong();
    var encoder = encoder(() -> now.addAndGet(TimeUnit.MINUTES.toNanos(1)));
    LongSupplier crowded = () -> 9 * now.get();
    try (var spare = new SpareTime(encoder, true, machine(2, now::get, _ -> now.get(), crowded))) {
      spare.encode("a");
    }
    assertThat(rests).containsExactly(TimeUnit.MILLISECONDS.toNanos(50));
  }

  @Test
  void whereNoTimeIsLeftWhoeverAsksEncodes() throws Exception {
    var freed = new CountDownLatch(1);
    try (var spare = new SpareTime(heldElsewhere(freed), true, starving)) {
      for (var asked = 1; asked <= 40; asked++) {
        assertThat(spare.encode("a")).isEqualTo(VECTOR);
        assertThat(here()).as("while the other thread is at the first").isEqualTo(asked);
      }
      freed.countDown();
    }
    assertThat(looks).as("at the other thread, each of which takes time").hasValue(2);
  }

  @Test
  void whenTimeIsLeftAgainItIsUsed() throws Exception {
    var freed = new CountDownLatch(1);
    try (var spare = new SpareTime(heldElsewhere(freed), true, starving)) {
      spare.encode("a");
      freed.countDown();
      // Once for what was left to it at first, and once more.
      while (encoders.size() - here() < 2) {
        spare.encode("a");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
    }
  }

  @Test
  void oneThatIsClosedAnswersNoMore() throws Exception {
    var freed = new Semaphore(0);
    var begun = new CountDownLatch(1);
    var spare =
        new SpareTime(
            encoder(() -> {
              begun.countDown();
              freed.acquireUninterruptibly();
            }),
            true,
            ample);
    var closer =
        Thread.ofPlatform()
            .start(() -> {
              try {
                begun.await();
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
              spare.close();
            });
    assertThatThrownBy(() -> spare.encode("a")).hasMessage("the model is closed");
    freed.release();
    closer.join();
    assertThat(encoders).doesNotContain(me);
  }

  @Test
  void nothingIsBegunAfterTheEnd() {
    var spare = new SpareTime(encoder(() -> {}), true, starving);
    spare.close();
    assertThatThrownBy(() -> spare.encode("a")).hasMessage("the model is closed");
    assertThat(looks).as("each of which takes time").hasValue(0);
    assertThat(encoders).isEmpty();
  }

  private long here() {
    return encoders.stream().filter(me::equals).count();
  }

  private static long schedulingPolicy() {
    try {
      var stat = Files.readString(Path.of("/proc/thread-self/stat"));
      var fields = new Scanner(stat.substring(stat.lastIndexOf(')') + 1));
      for (var field = 0; field < BEFORE_POLICY; field++) fields.next();
      return fields.nextLong();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private interface Step {
    void run() throws EmbeddingFailed;
  }

  private SpareTime.Encoder encoder(Step step) {
    return _ -> {
      encoders.add(Thread.currentThread());
      step.run();
      return VECTOR;
    };
  }

  /// Keeps every thread but this until that is over.
  private SpareTime.Encoder heldElsewhere(CountDownLatch freed) {
    return encoder(() -> {
      try {
        if (!Thread.currentThread().equals(me)) freed.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    });
  }
}
