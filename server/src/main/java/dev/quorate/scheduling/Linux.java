package dev.quorate.scheduling;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What the kernel is asked about threads of this process, each named by the kernel's own number.
/// What it refuses, or does not know, leaves a thread as it is and is told at DEBUG.
final class Linux {
  private static final Logger LOG = System.getLogger(Linux.class.getName());

  /// What stands for the thread that calls.
  static final int CALLING_THREAD = 0;

  /// What is set is that thread's alone; a lower share and the idle class are passed on all the
  /// same.
  static final long RESET_ON_FORK = 1;

  /// Threads that it starts have what is set, too.
  static final long PASSED_ON = 0;

  private static final Path THREADS = Path.of("/proc/self/task");
  private static final int PROCESS = 0;

  /// `SCHED_IDLE`, see `sched(7)`.
  private static final int IDLE_POLICY = 5;

  /// `struct sched_attr` in its first version, see `sched_setattr(2)`.
  private static final StructLayout ATTRIBUTES =
      MemoryLayout.structLayout(
          JAVA_INT.withName("size"),
          JAVA_INT.withName("policy"),
          JAVA_LONG.withName("flags"),
          JAVA_INT.withName("nice"),
          JAVA_INT.withName("priority"),
          JAVA_LONG.withName("runtime"),
          JAVA_LONG.withName("deadline"),
          JAVA_LONG.withName("period"));

  private static final long POLICY = offset("policy");
  private static final long FLAGS = offset("flags");
  private static final long RUNTIME = offset("runtime");

  private static final long UNUSED = 0;

  /// The numbers of the two calls, which not every C library has by name.
  private record AttributeCalls(long read, long write) {
    static Optional<AttributeCalls> ofThisMachine() {
      return switch (System.getProperty("os.arch")) {
        case "amd64" -> Optional.of(new AttributeCalls(315, 314));
        case "aarch64", "riscv64" -> Optional.of(new AttributeCalls(275, 274));
        default -> Optional.empty();
      };
    }
  }

  private Linux() {}

  private static long offset(String member) {
    return ATTRIBUTES.byteOffset(PathElement.groupElement(member));
  }

  static boolean isHere() {
    return System.getProperty("os.name").equals("Linux");
  }

  /// Lowers the share of the thread that calls.
  static void nice(int nice) {
    try {
      var call =
          function("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
      granted("setpriority", (int) call.invokeExact(PROCESS, CALLING_THREAD, nice));
    } catch (Throwable e) {
      unavailable(e);
    }
  }

  /// Makes the thread that calls one of the idle class.
  static void idle() {
    change(CALLING_THREAD, attributes -> attributes.set(JAVA_INT, POLICY, IDLE_POLICY));
  }

  /// Sets how long a turn a thread asks for, and whether those that it starts do too.
  ///
  /// @param passing [#RESET_ON_FORK] or [#PASSED_ON]
  static void turn(int thread, Duration length, long passing) {
    change(
        thread,
        attributes -> {
          attributes.set(JAVA_LONG, FLAGS, attributes.get(JAVA_LONG, FLAGS) | passing);
          attributes.set(JAVA_LONG, RUNTIME, length.toNanos());
        });
  }

  private static void change(int thread, Consumer<MemorySegment> change) {
    AttributeCalls.ofThisMachine()
        .ifPresentOrElse(
            calls -> change(calls, thread, change),
            () -> LOG.log(Level.DEBUG, "a thread runs as before on this kind of processor"));
  }

  private static void change(AttributeCalls calls, int thread, Consumer<MemorySegment> change) {
    try (var arena = Arena.ofConfined()) {
      var call =
          function(
              "syscall",
              FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG),
              Linker.Option.firstVariadicArg(1));
      var attributes = arena.allocate(ATTRIBUTES);
      var size = ATTRIBUTES.byteSize();
      var read = (long) call.invokeExact(calls.read, (long) thread, attributes, size, UNUSED);
      if (!granted("sched_getattr", read)) return;
      change.accept(attributes);
      granted(
          "sched_setattr",
          (long) call.invokeExact(calls.write, (long) thread, attributes, UNUSED, UNUSED));
    } catch (Throwable e) {
      unavailable(e);
    }
  }

  /// The threads of this process with such a name, of which the kernel keeps 15 bytes.
  static List<Integer> threadsNamed(Predicate<String> name) {
    var found = new ArrayList<Integer>();
    try (var threads = Files.newDirectoryStream(THREADS)) {
      for (var thread : threads) {
        if (name.test(nameOf(thread))) found.add(Integer.valueOf(thread.getFileName().toString()));
      }
    } catch (IOException | DirectoryIteratorException e) {
      unavailable(e);
    }
    return found;
  }

  private static String nameOf(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException _) {
      // It has ended.
      return "";
    }
  }

  @SuppressWarnings("restricted") // calls of the C library
  private static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    var linker = Linker.nativeLinker();
    var address = linker.defaultLookup().find(name).orElseThrow();
    return linker.downcallHandle(address, descriptor, options);
  }

  private static boolean granted(String call, long result) {
    if (result != 0) LOG.log(Level.DEBUG, "a thread runs as before, {0} refused", call);
    return result == 0;
  }

  /// A convenience of the system that it does not have is no reason to do less.
  private static void unavailable(Throwable cause) {
    LOG.log(Level.DEBUG, "a thread runs as before: {0}", cause.toString());
  }
}
