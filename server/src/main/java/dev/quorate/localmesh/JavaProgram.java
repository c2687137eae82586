package dev.quorate.localmesh;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How this program is started once more: with the JDK and the class path of this process.
final class JavaProgram {
  private static final String MAIN = "dev.quorate.cli.Main";

  /// Performance data would be a file that a killed process leaves behind.
  private static final List<String> NEEDED =
      List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:-UsePerfData");

  /// The options of the launcher that hold for a node as well. Others, such as a debugger's port,
  /// are for this process alone.
  private static final List<String> INHERITED =
      List.of(
          "-XX:AOTCache=",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:FreqInlineSize=",
          "-XX:InlineSmallCode=",
          "-XX:MaxInlineLevel=",
          "-XX:LoopUnrollLimit=",
          "-XX:TrimNativeHeapInterval=",
          "-Xlog:",
          "-Dfile.encoding=",
          "-Dstd");

  private JavaProgram() {}

  /// The command that runs it.
  ///
  /// @param scratch a folder for its temporary files, which a killed process leaves behind
  /// @param arguments of the program
  static List<String> command(NodeJvm jvm, Path scratch, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(NEEDED);
    command.addAll(jvm.options());
    for (var option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (INHERITED.stream().anyMatch(option::startsWith)) command.add(option);
    }
    command.add("-Djava.io.tmpdir=" + scratch);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(MAIN);
    command.addAll(arguments);
    return command;
  }
}
