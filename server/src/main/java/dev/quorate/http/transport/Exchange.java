package dev.quorate.http.transport;

import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One request and its answer, from the end of the request's headers on.
///
/// The state says who may answer: the request's own thread, or one that the watchdog starts once
/// the handler's time is over. Exactly one of them wins the change away from `HANDLING`.
final class Exchange {
  /// What the exchange is waiting for.
  enum State {
    /// The request's body.
    RECEIVING,
    /// The handler.
    HANDLING,
    /// The client to accept the answer.
    ANSWERING,
    /// The rest of a body that was answered without being wanted.
    DRAINING,
    /// Nothing: the answer was given in place of the handler, which may still run.
    TIMED_OUT,
    /// Nothing: the client is cut off or gone.
    ABANDONED
  }

  private final Guard guard;
  private final Dispatcher dispatcher;
  private final RoutingRequest request;
  private final RoutingResponse response;
  private final Thread thread = Thread.currentThread();
  private final AtomicReference<State> state = new AtomicReference<>(State.RECEIVING);
  private final long began;
  private final long receiveDeadline;
  private volatile long deadline;
  private volatile @Nullable CountDownLatch answered;
  private @Nullable Route route;
  private boolean endsConnection;

  Exchange(Guard guard, Dispatcher dispatcher, RoutingRequest request, RoutingResponse response) {
    this.guard = guard;
    this.dispatcher = dispatcher;
    this.request = request;
    this.response = response;
    this.began = guard.watchdog().now();
    this.receiveDeadline = guard.receiveDeadline();
    this.deadline = receiveDeadline;
  }

  Guard guard() {
    return guard;
  }

  RoutingRequest request() {
    return request;
  }

  RoutingResponse response() {
    return response;
  }

  /// The route that the request reached; null until it has.
  @Nullable Route route() {
    return route;
  }

  void reach(Route reached) {
    route = reached;
  }

  /// Whether the client sends a body of which not all was read.
  boolean hasUnread() {
    return !request.content().consumed();
  }

  /// The answer will be the last one of its HTTP/1.1 connection.
  void endConnection() {
    endsConnection = !guard.isMultiplexed();
  }

  boolean endsConnection() {
    return endsConnection;
  }

  long nanos() {
    return guard.watchdog().now() - began;
  }

  /// The body is here. False if the client was cut off in the meantime.
  boolean startHandling(long millis) {
    deadline = guard.watchdog().in(millis);
    return state.compareAndSet(State.RECEIVING, State.HANDLING);
  }

  /// The answer is known. False if another one was given, or there is no one to answer.
  boolean startAnswering() {
    return state.compareAndSet(State.HANDLING, State.ANSWERING)
        || state.compareAndSet(State.RECEIVING, State.ANSWERING);
  }

  void startDraining() {
    deadline = receiveDeadline;
    state.set(State.DRAINING);
  }

  boolean isTimedOut() {
    return state.get() == State.TIMED_OUT;
  }

  /// Waits until the answer that was given in place of the handler has been sent, and clears the
  /// interrupt that came with it: an interrupted thread cannot use the connection.
  void awaitAnswered() {
    var latch = answered;
    while (latch != null) {
      try {
        latch.await();
        latch = null;
      } catch (InterruptedException e) {
        // That is the interrupt to be cleared.
      }
    }
  }

  /// Called by the watchdog, and by no other thread.
  void check(long now) {
    // The state first: a deadline is always written before the state that it belongs to.
    var seen = state.get();
    if (now < deadline) return;
    switch (seen) {
      case RECEIVING -> guard.refuseLate(() -> state.compareAndSet(seen, State.ABANDONED));
      case HANDLING -> {
        answered = new CountDownLatch(1);
        if (state.compareAndSet(seen, State.TIMED_OUT)) timeOut();
      }
      case DRAINING -> {
        if (state.compareAndSet(seen, State.ABANDONED)) guard.close();
      }
      case ANSWERING, TIMED_OUT, ABANDONED -> {}
    }
  }

  /// The HTTP/2 connection is over. Wakes the thread if it waits for more of the body, which no one
  /// else will; leaves a handler alone, since what it does may be worth finishing.
  void abandon() {
    if (state.compareAndSet(State.RECEIVING, State.ABANDONED)
        || state.compareAndSet(State.DRAINING, State.ABANDONED)
        || state.get() == State.ABANDONED) {
      thread.interrupt();
    }
  }

  private void timeOut() {
    thread.interrupt();
    Thread.startVirtualThread(() -> {
      try {
        dispatcher.answerTimedOut(this);
      } finally {
        var latch = answered;
        if (latch != null) latch.countDown();
      }
    });
  }
}
