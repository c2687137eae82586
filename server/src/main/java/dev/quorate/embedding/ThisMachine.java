package dev.quorate.embedding;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.LockSupport;

/// What this program runs on, as the JVM tells it.
final class ThisMachine implements Machine {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /// Whether it is known how long a thread had a processor.
  static boolean tellsTimes() {
    return THREADS.isThreadCpuTimeSupported();
  }

  @Override
  public int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public long had(Thread thread) {
    return THREADS.getThreadCpuTime(thread.threadId());
  }

  /// In steps of ten milliseconds.
  @Override
  public long hadByAll() {
    return PROCESS.getProcessCpuTime();
  }

  @Override
  public void rest(long nanos) {
    LockSupport.parkNanos(nanos);
  }
}
