package dev.quorate.node;

import dev.quorate.failure.RequestFailure;
import dev.quorate.memories.Sweeping;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Collects what has expired, every so often.
final class Collector implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Collector.class.getName());

  private final Sweeping sweeping;
  private final Duration interval;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  Collector(Sweeping sweeping, Duration interval) {
    this.sweeping = sweeping;
    this.interval = interval;
    this.thread = Thread.ofPlatform().name("collector").daemon().start(this::run);
  }

  private void run() {
    try {
      while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) collect();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void collect() {
    try {
      var expired = sweeping.collect();
      if (expired > 0) LOG.log(Level.INFO, "collected {0} expired memories", expired);
    } catch (RequestFailure e) {
      LOG.log(Level.WARNING, "could not collect expired memories: {0}", e.getMessage());
    } catch (RuntimeException e) {
      // Whatever it is, the next round must come.
      LOG.log(Level.ERROR, "could not collect expired memories", e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
