package dev.quorate.http.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Looks at every connection a few times a second and cuts what is past its deadline.
///
/// One thread that scans costs a request nothing but the writing down of its deadlines. It is a
/// platform thread, so that it runs when handlers hold every carrier of virtual threads.
final class Watchdog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Watchdog.class.getName());

  private final HttpLimits limits;
  private final long origin = System.nanoTime();
  private final Set<Guard> guards = ConcurrentHashMap.newKeySet();
  private final Semaphore places;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile boolean closed;

  Watchdog(HttpLimits limits) {
    this.limits = limits;
    this.places = new Semaphore(limits.connectionsMax());
    this.thread = Thread.ofPlatform().daemon().name("http-watchdog").unstarted(this::watch);
  }

  void start() {
    thread.start();
  }

  HttpLimits limits() {
    return limits;
  }

  /// Nanoseconds since this watchdog was made.
  long now() {
    return System.nanoTime() - origin;
  }

  /// The time that is so many milliseconds from now.
  long in(long millis) {
    return now() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /// Takes a connection under watch; false if it is one more than there may be. To be followed by
  /// [#dismiss] either way.
  boolean admit(Guard guard) {
    guards.add(guard);
    return places.tryAcquire();
  }

  void dismiss(Guard guard, boolean wasAdmitted) {
    guards.remove(guard);
    if (wasAdmitted) places.release();
  }

  /// From now on every answer is the last one of its connection, and idle connections are closed.
  void stop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  boolean isStopping() {
    return stopping;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void watch() {
    while (!closed) {
      LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(limits.watchMillis()));
      for (var guard : guards) check(guard);
    }
  }

  private void check(Guard guard) {
    try {
      guard.check(now());
    } catch (RuntimeException e) {
      // One connection must not leave all others without a watch.
      LOG.log(System.Logger.Level.WARNING, () -> "a deadline was missed: " + LogText.trace(e));
    }
  }
}
