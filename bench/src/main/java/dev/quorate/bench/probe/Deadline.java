package dev.quorate.bench.probe;

import dev.quorate.bench.wire.Connection;
import java.util.concurrent.locks.LockSupport;

/// Cuts a connection's request off when it takes too long, unless closed before.
final class Deadline implements AutoCloseable {
  private final Thread thread;
  private volatile boolean passed;

  Deadline(Connection connection, long nanos) {
    var end = System.nanoTime() + nanos;
    thread =
        Thread.ofVirtual()
            .start(() -> {
              while (!passed && end - System.nanoTime() > 0) {
                LockSupport.parkNanos(end - System.nanoTime());
              }
              if (!passed) connection.abortIfSince(System.nanoTime());
            });
  }

  @Override
  public void close() {
    passed = true;
    LockSupport.unpark(thread);
  }
}
