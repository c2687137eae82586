package dev.quorate.cli;

import dev.quorate.node.Node;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// The program `quorate`.
public final class Main {
  private static final int USAGE_COLUMNS = 100;

  private static final List<String> COMMANDS =
      List.of(
          "serve",
          "store",
          "recall",
          "search",
          "get",
          "list",
          "delete",
          "stats",
          "quota",
          "health",
          "changes",
          "approvals",
          "export",
          "import",
          "backup",
          "restore",
          "reindex",
          "key",
          "identity",
          "peer",
          "cluster",
          "subscriptions",
          "demo",
          "dev-cluster",
          "train");

  private Main() {}

  public static void main(String[] args) {
    var terminal = Terminal.ofProcess();
    var exitCode = run(terminal, args);
    terminal.flush();
    System.exit(exitCode);
  }

  /// Runs one command. Returns 0 when it did what was asked, 1 when a request or a node failed, 2
  /// when the command line was wrong. A failure is one line on the error stream.
  static int run(Terminal terminal, String... args) {
    return commandLine(terminal, args).execute(args);
  }

  private static CommandLine commandLine(Terminal terminal, String... args) {
    var line = new CommandLine(new RootCommand(terminal));
    // Describing every command would cost each start a tenth of a second or two, so only the one
    // that is meant is described, unless it is not clear which that is.
    var isClear = args.length > 0 && COMMANDS.contains(args[0]);
    for (var name : isClear ? List.of(args[0]) : COMMANDS) {
      line.addSubcommand(command(name, terminal));
    }
    addHelp(line);
    line.getCommandSpec().versionProvider(() -> new String[] {"quorate " + Node.programVersion()});
    // A title may begin with @.
    line.setExpandAtFiles(false);
    line.setUsageHelpWidth(USAGE_COLUMNS);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setOut(terminal.out());
    line.setErr(terminal.err());
    line.setParameterExceptionHandler((e, _) -> usage(e, terminal));
    line.setExecutionExceptionHandler((e, _, _) -> new Failure(e).tell(terminal));
    return line;
  }

  private static Object command(String name, Terminal terminal) {
    return switch (name) {
      case "serve" -> new ServeCommand(terminal);
      case "store" -> new StoreCommand(terminal);
      case "recall" -> new RecallCommand(terminal);
      case "search" -> new SearchCommand(terminal);
      case "get" -> new GetCommand(terminal);
      case "list" -> new ListCommand(terminal);
      case "delete" -> new DeleteCommand(terminal);
      case "stats" -> new StatsCommand(terminal);
      case "quota" -> new QuotaCommand(terminal);
      case "health" -> new HealthCommand(terminal);
      case "changes" -> new ChangesCommand(terminal);
      case "approvals" -> new ApprovalsCommand(terminal);
      case "export" -> new ExportCommand(terminal);
      case "import" -> new ImportCommand(terminal);
      case "backup" -> new BackupCommand(terminal);
      case "restore" -> new RestoreCommand(terminal);
      case "reindex" -> new ReindexCommand(terminal);
      case "key" -> new CommandLine(new KeyCommand()).addSubcommand(new KeyNewCommand(terminal));
      case "cluster" -> ClusterCommand.commandLine(terminal);
      case "subscriptions" -> SubscriptionsCommand.commandLine(terminal);
      case "demo" -> new DemoCommand(terminal);
      case "dev-cluster" -> new DevClusterCommand(terminal);
      case "identity" -> new IdentityCommand(terminal);
      case "peer" ->
          new CommandLine(new PeerCommand())
              .addSubcommand(new PeerAddCommand(terminal))
              .addSubcommand(new PeerListCommand(terminal))
              .addSubcommand(new PeerRemoveCommand(terminal));
      case "train" -> new TrainCommand(terminal);
      default -> throw new IllegalStateException("no command " + name);
    };
  }

  /// Gives every command below this one `--help`, below its own options.
  private static void addHelp(CommandLine line) {
    for (var subcommand : line.getSubcommands().values()) {
      subcommand
          .getCommandSpec()
          .addOption(
              OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .order(99)
                  .description("Show this help.")
                  .build());
      addHelp(subcommand);
    }
  }

  private static int usage(ParameterException e, Terminal terminal) {
    var command = e.getCommandLine().getCommandSpec().qualifiedName();
    return new Failure(
            CommandFailure.usage("%s (see %s --help)".formatted(e.getMessage(), command)))
        .tell(terminal);
  }
}
