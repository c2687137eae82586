package dev.quorate.bench.load;

import java.util.concurrent.locks.LockSupport;

/// The time a run goes by, in nanoseconds from an arbitrary origin.
interface Clock {
  Clock SYSTEM =
      new Clock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void park(long nanos) {
          LockSupport.parkNanos(nanos);
        }
      };

  long nanos();

  /// Waits about so long; may come back early.
  void park(long nanos);
}
