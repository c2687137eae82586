package dev.quorate.scheduling;

import java.time.Duration;

/// Lets threads that compute have the processor after those that somebody waits for. Java's own
/// priorities do nothing on Linux. Elsewhere than there nothing is done, nor where the system
/// refuses.
///
/// Every thread asks for itself. A share is passed on to the threads that it starts, and so is the
/// idle class; long turns are not, for whoever wakes a virtual thread may start the thread that
/// carries it.
public final class Turns {
  /// A tenth of the share of any other thread when all want to run: little, but never nothing.
  private static final int NICE = 10;

  /// More would be cut to this by the kernel.
  private static final Duration LONG = Duration.ofMillis(100);

  private Turns() {}

  /// Whether the system is one that is asked.
  public static boolean areOffered() {
    return Linux.isHere();
  }

  /// Lowers the share of the thread that calls, for good, and has it take long turns.
  public static void fewAndLongTakenByThisThread() {
    if (!Linux.isHere()) return;
    Linux.nice(NICE);
    longTakenByThisThread();
  }

  /// Leaves the thread that calls its share, in long turns. Whoever wakes and wants a turn of the
  /// usual length would be done sooner, and therefore comes first as a rule; a thread of usual
  /// turns may keep the processor for some milliseconds more. Since Linux 6.12; before that it
  /// changes nothing.
  public static void longTakenByThisThread() {
    if (Linux.isHere()) Linux.turn(Linux.CALLING_THREAD, LONG, Linux.RESET_ON_FORK);
  }

  /// Has the JVM's own compiler take long turns. In a node's first minutes it is what writes wait
  /// for most.
  public static void longTakenByTheCompiler() {
    if (!Linux.isHere()) return;
    // Its threads start each other when there is much to compile, and nothing else.
    for (var thread : Linux.threadsNamed(name -> name.matches("C[12] Com.*"))) {
      Linux.turn(thread, LONG, Linux.PASSED_ON);
    }
  }

  /// Has the thread that calls run only where no other of this process wants to. Whoever wakes
  /// takes the processor from it at once. Without privileges there is no way back.
  public static void idleTakenByThisThread() {
    if (!Linux.isHere()) return;
    // What is left where the class is refused.
    Linux.nice(NICE);
    Linux.idle();
  }
}
