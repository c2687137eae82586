package dev.quorate.bench;

import dev.quorate.bench.probe.CannotRun;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// Measures any server that speaks the memory API.
@Command(
    name = "quorate-bench",
    description = "Measures a server that speaks Quorate's HTTP API.",
    subcommands = {
      FillCommand.class,
      StoreCommand.class,
      GetCommand.class,
      RecallCommand.class,
      SearchCommand.class,
      MixedCommand.class,
      AbsenceCommand.class,
      EvaluateCommand.class,
      MicroCommand.class
    },
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "First load a corpus, then measure, for example:",
      "  fill --count 100000",
      "  recall --clients 64 --duration 30",
      "Exit codes: 0 all went well, 1 requests failed, 2 the run could not begin,"
          + " 130 interrupted."
    })
public final class Main {
  static final int EXIT_FAILED_REQUESTS = 1;
  static final int EXIT_CANNOT_RUN = 2;

  private Main() {}

  /// The version that the build wrote into the jar.
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"quorate-bench " + (version == null ? "(not packaged)" : version)};
    }
  }

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    var commandLine = new CommandLine(new Main());
    commandLine.setParameterExceptionHandler(
        (e, _) -> refuse(e.getCommandLine(), String.valueOf(e.getMessage())));
    commandLine.setExecutionExceptionHandler((e, command, _) -> {
      if (e instanceof CannotRun) return refuse(command, String.valueOf(e.getMessage()));
      throw e;
    });
    commandLine.setExecutionStrategy(parsed -> {
      if (!parsed.hasSubcommand() && !CommandLine.printHelpIfRequested(parsed)) {
        throw new ParameterException(commandLine, "name a command: see --help");
      }
      return new CommandLine.RunLast().execute(parsed);
    });
    return commandLine;
  }

  private static int refuse(CommandLine command, String sentence) {
    PrintWriter err = command.getErr();
    err.println("quorate-bench: " + sentence);
    err.flush();
    return EXIT_CANNOT_RUN;
  }
}
