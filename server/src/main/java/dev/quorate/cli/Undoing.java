package dev.quorate.cli;

import java.util.concurrent.CountDownLatch;

/// What has to be undone exactly once: when its command is done with it, or when the process is
/// told to end by SIGTERM or Ctrl-C. Thread-safe.
final class Undoing implements AutoCloseable {
  private final Runnable undo;
  private final CountDownLatch asked = new CountDownLatch(1);
  private boolean undone;
  private volatile boolean ending;

  /// Begins to listen for the end of the process.
  Undoing(Runnable undo) {
    this.undo = undo;
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("undo").unstarted(this::end));
  }

  private void end() {
    ending = true;
    asked.countDown();
    close();
  }

  /// Whether the process was told to end, so that failures are no news.
  boolean ending() {
    return ending;
  }

  /// Returns when the process was told to end.
  void awaitEnd() throws InterruptedException {
    asked.await();
  }

  /// Undoes it, or waits until that is done.
  @Override
  public synchronized void close() {
    if (undone) return;
    undone = true;
    undo.run();
  }
}
