package dev.quorate.embedding;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;

/// Lets others have the processor first. Java's own priorities do nothing on Linux. Elsewhere than
/// there, where the same calls would concern the whole process, nothing is done. Threads that such
/// a thread starts are of its priority too.
public final class LowPriority {
  private static final Logger LOG = System.getLogger(LowPriority.class.getName());
  private static final int PROCESS = 0;
  private static final int CALLING_THREAD = 0;

  /// A tenth of the share of any other thread when all want to run: little, but never nothing.
  private static final int NICE = 10;

  /// `SCHED_IDLE`, see `sched(7)`.
  private static final int IDLE_POLICY = 5;

  private LowPriority() {}

  static boolean isOffered() {
    return System.getProperty("os.name").equals("Linux");
  }

  /// Lowers the share of the thread that calls, for good.
  public static void takenByThisThread() {
    if (!isOffered()) return;
    try {
      var call =
          function("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
      check("setpriority", (int) call.invokeExact(PROCESS, CALLING_THREAD, NICE));
    } catch (Throwable e) {
      unavailable(e);
    }
  }

  /// Has the thread that calls run only where no other of this process wants to. Whoever wakes
  /// takes the processor from it at once, which a thread of a low share may keep for the rest of
  /// its slice, some milliseconds. Without privileges there is no way back.
  static void idleTakenByThisThread() {
    // What is left where the policy is refused.
    takenByThisThread();
    if (!isOffered()) return;
    try (var arena = Arena.ofConfined()) {
      var call =
          function(
              "sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
      // The one member of the parameter is a priority, which this policy does not have.
      var parameter = arena.allocate(MemoryLayout.structLayout(JAVA_INT));
      check("sched_setscheduler", (int) call.invokeExact(CALLING_THREAD, IDLE_POLICY, parameter));
    } catch (Throwable e) {
      unavailable(e);
    }
  }

  @SuppressWarnings("restricted") // calls of the C library
  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor);
  }

  private static void check(String function, int result) {
    if (result != 0) LOG.log(Level.DEBUG, "a thread keeps its priority, {0} refused", function);
  }

  /// A convenience of the system that it does not have is no reason to make no vectors.
  private static void unavailable(Throwable cause) {
    LOG.log(Level.DEBUG, "a thread keeps its priority: {0}", cause.toString());
  }
}
