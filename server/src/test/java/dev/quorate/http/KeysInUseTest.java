package dev.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.RequestFailure.TimedOut;
import dev.quorate.failure.RequestFailure.Unprocessable;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeysInUseTest {
  private final KeysInUse keys = new KeysInUse();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();

  @Test
  void anotherRequestUnderAKeyInUseIsRefusedAndDoesNothing() throws Exception {
    var first = start("k1", "purge", "first");
    assertThatThrownBy(() -> keys.alone("k1", "forget", () -> done.add("second")))
        .isInstanceOf(Unprocessable.class)
        .hasMessage("this Idempotency-Key is being used for another request");
    gate.countDown();
    first.get();
    assertThat(done).containsExactly("first");
  }

  @Test
  void theSameRequestWaitsForTheFirst() throws Exception {
    var first = start("k1", "purge", "first");
    var again = new FutureTask<>(() -> keys.alone("k1", "purge", () -> done.add("again")));
    var waiting = Thread.ofVirtual().start(again);
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (waiting.getState() != Thread.State.WAITING) {
      assertThat(System.nanoTime()).as("the second waits in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
    assertThat(done).isEmpty();
    gate.countDown();
    first.get();
    again.get();
    assertThat(done).containsExactly("first", "again");
  }

  @Test
  void requestsWithOtherKeysDoNotWait() throws Exception {
    var first = start("k1", "purge", "first");
    keys.alone("k2", "purge", () -> done.add("second"));
    assertThat(done).containsExactly("second");
    gate.countDown();
    first.get();
  }

  @Test
  void workThatFailsLeavesTheKeyFree() {
    assertThatThrownBy(() ->
            keys.alone(
                "k1",
                "purge",
                () -> {
                  throw new IllegalStateException("failed");
                }))
        .hasMessage("failed");
    keys.alone("k1", "forget", () -> done.add("next"));
    assertThat(done).containsExactly("next");
  }

  @Test
  void oneThatIsInterruptedWhileItWaitsEndsAndLeavesTheKeyAlone() throws Exception {
    var first = start("k1", "purge", "first");
    var again = new FutureTask<>(() -> keys.alone("k1", "purge", () -> done.add("again")));
    var waiting = Thread.ofVirtual().start(again);
    waiting.interrupt();
    assertThatThrownBy(again::get).hasCauseInstanceOf(TimedOut.class);
    assertThatThrownBy(() -> keys.alone("k1", "forget", () -> done.add("second")))
        .isInstanceOf(Unprocessable.class);
    gate.countDown();
    first.get();
    assertThat(done).containsExactly("first");
  }

  @Test
  void neverAreTwoInsideUnderOneKey() throws Exception {
    var inside = new AtomicInteger();
    var tasks = new ArrayList<FutureTask<Integer>>();
    for (var i = 0; i < 200; i++) {
      var task =
          new FutureTask<>(() ->
              keys.alone(
                  "k1",
                  "purge",
                  () -> {
                    var now = inside.incrementAndGet();
                    Thread.onSpinWait();
                    inside.decrementAndGet();
                    return now;
                  }));
      Thread.ofVirtual().start(task);
      tasks.add(task);
    }
    for (var task : tasks) assertThat(task.get()).isEqualTo(1);
  }

  /// Work that has begun and does not end before the gate opens.
  private FutureTask<Boolean> start(String key, String requestHash, String name)
      throws InterruptedException {
    var begun = new CountDownLatch(1);
    var task =
        new FutureTask<>(() ->
            keys.alone(
                key,
                requestHash,
                () -> {
                  begun.countDown();
                  try {
                    gate.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  return done.add(name);
                }));
    Thread.ofVirtual().start(task);
    begun.await();
    return task;
  }
}
