package dev.quorate.vectors;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/// Lets everything else have the processor first. Java's own priorities do nothing on Linux.
final class LowPriority {
  private static final Logger LOG = System.getLogger(LowPriority.class.getName());
  private static final int PROCESS = 0;
  private static final int CALLING_THREAD = 0;

  /// A tenth of the share of any other thread when all want to run: little, but never nothing.
  private static final int NICE = 10;

  private LowPriority() {}

  /// Lowers the priority of the thread that calls, for good. Elsewhere than on Linux, where the
  /// same call would concern the whole process, it does nothing.
  @SuppressWarnings("restricted") // one call of the C library, without a pointer
  static void takenByThisThread() {
    if (!System.getProperty("os.name").equals("Linux")) return;
    try {
      var linker = Linker.nativeLinker();
      var call =
          linker.downcallHandle(
              linker.defaultLookup().find("setpriority").orElseThrow(),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
      var result = (int) call.invokeExact(PROCESS, CALLING_THREAD, NICE);
      if (result != 0) LOG.log(Level.DEBUG, "the priority of a thread stays as it is");
    } catch (Throwable e) {
      // A convenience of the system that it does not have is no reason to make no vectors.
      LOG.log(Level.DEBUG, "the priority of a thread stays as it is: {0}", e.toString());
    }
  }
}
