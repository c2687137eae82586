package dev.quorate.vectors;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;

/// Lets everything else have the processor first. Java's own priorities do nothing on Linux.
/// Elsewhere than there, where the same calls would concern the whole process, nothing is done.
final class LowPriority {
  private static final Logger LOG = System.getLogger(LowPriority.class.getName());
  private static final int PROCESS = 0;
  private static final int CALLING_THREAD = 0;

  /// A tenth of the share of any other thread when all want to run: little, but never nothing.
  private static final int NICE = 10;

  /// `SCHED_IDLE`, see `sched(7)`.
  private static final int IDLE_POLICY = 5;

  private LowPriority() {}

  /// Lowers the share of the thread that calls, for good.
  static void takenByThisThread() {
    if (!isLinux()) return;
    try {
      var call =
          function("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
      asked((int) call.invokeExact(PROCESS, CALLING_THREAD, NICE));
    } catch (Throwable e) {
      missing(e);
    }
  }

  /// Has the thread that calls run only where no other wants to, for good: not even the right to go
  /// back is given to a process. Whoever wakes takes the processor from it at once, which a thread
  /// of a low share alone may keep for the rest of its slice, some milliseconds.
  static void idleTakenByThisThread() {
    takenByThisThread();
    if (!isLinux()) return;
    try (var arena = Arena.ofConfined()) {
      var call =
          function(
              "sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
      // The one member of the parameter is a priority, which this policy does not have.
      var parameter = arena.allocate(MemoryLayout.structLayout(JAVA_INT));
      asked((int) call.invokeExact(CALLING_THREAD, IDLE_POLICY, parameter));
    } catch (Throwable e) {
      missing(e);
    }
  }

  private static boolean isLinux() {
    return System.getProperty("os.name").equals("Linux");
  }

  @SuppressWarnings("restricted") // calls of the C library
  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor);
  }

  private static void asked(int result) {
    if (result != 0) LOG.log(Level.DEBUG, "the priority of a thread stays as it is");
  }

  /// A convenience of the system that it does not have is no reason to make no vectors.
  private static void missing(Throwable cause) {
    LOG.log(Level.DEBUG, "the priority of a thread stays as it is: {0}", cause.toString());
  }
}
