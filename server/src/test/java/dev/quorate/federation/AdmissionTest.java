package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.RequestFailure.Overloaded;
import dev.quorate.replication.WriteWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class AdmissionTest {
  private static final long TIMEOUT = 1_000;

  private final AtomicLong clock = new AtomicLong();
  private final WriteWindow window = new WriteWindow(TIMEOUT);

  @Test
  void whoWaitsGetsThePlaceThatBecomesFreeInTheOrderOfComing() throws InterruptedException {
    var admission = full(TIMEOUT);
    var order = new ConcurrentLinkedQueue<Integer>();
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < 5; i++) {
      var number = i;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                admission.enter();
                order.add(number);
                admission.leave();
              }));
      while (admission.queued() <= number) Thread.onSpinWait();
    }
    assertThat(order).isEmpty();
    admission.leave();
    for (var thread : threads) thread.join();
    assertThat(List.copyOf(order)).containsExactly(0, 1, 2, 3, 4);
    assertThat(admission.queued()).isZero();
  }

  @Test
  void aWindowThatGrowsLetsThemIn() throws InterruptedException {
    var admission = full(TIMEOUT);
    var waiting = Thread.ofVirtual().start(admission::enter);
    while (admission.queued() == 0) Thread.onSpinWait();
    admission.reached(1);
    waiting.join();
    assertThat(window.taken()).isEqualTo(admission.size());
  }

  @Test
  void whoWaitsTooLongIsToldAndLeavesThePlaceToTheNext() {
    var admission = full(20);
    assertThatThrownBy(admission::enter)
        .isInstanceOf(Overloaded.class)
        .hasMessageContaining("8 writes are on their way to their quorum")
        .hasMessageContaining("100 ms");
    assertThat(admission.queued()).isZero();
    admission.leave();
    admission.enter();
    assertThat(window.taken()).isEqualTo(8);
  }

  @Test
  void onlySoManyWait() throws InterruptedException {
    var admission = full(TIMEOUT);
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < Admission.QUEUE_MAX; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                admission.enter();
                admission.leave();
              }));
    }
    while (admission.queued() < Admission.QUEUE_MAX) Thread.onSpinWait();
    assertThatThrownBy(admission::enter)
        .isInstanceOf(Overloaded.class)
        .hasMessageContaining("256 wait already");
    for (var i = 0; i < 8; i++) admission.leave();
    for (var thread : threads) thread.join();
    assertThat(window.taken()).isZero();
  }

  /// One whose window is as narrow as can be, and taken.
  private Admission full(long timeoutMillis) {
    var admission = new Admission(window, timeoutMillis, clock::get);
    for (var i = 0; i < 8; i++) admission.enter();
    clock.set(3_000);
    admission.reached(2_999);
    assertThat(admission.size()).isEqualTo(8);
    return admission;
  }
}
