package dev.quorate.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Prints what awaits approval, or, as it happens, what is held and what is decided.
@Command(
    name = "approvals",
    header = "Print what awaits approval, one JSON object a line.",
    description = {
      "With --follow it prints what is held and what is decided from now on, on whichever node;",
      "with an agent only what that one requested or may approve."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate approvals", "  quorate approvals --follow --agent ai:alice"})
final class ApprovalsCommand implements Callable<Integer> {
  private static final int LIST_MAX = 1_000;
  private static final int RETRY_SECS = 1;
  private static final String ID = "id: ";
  private static final String DATA = "data: ";

  private final Terminal terminal;

  /// Up to where events were printed; absent before the first.
  private @Nullable String after;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--follow", description = "Print requests and decisions, until Ctrl-C.")
  private boolean follow;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "Only about this namespace.")
  private @Nullable String namespace;

  ApprovalsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (var client = connection.client(terminal)) {
      if (!follow) {
        list(client);
        return 0;
      }
      while (follow(client)) TimeUnit.SECONDS.sleep(RETRY_SECS);
      return 0;
    }
  }

  private void list(Client client) {
    var target =
        Target.of("pending")
            .with("status", "pending")
            .with("limit", LIST_MAX)
            .with("namespace", namespace);
    for (var row : client.get(target).json().path("pending")) {
      terminal.line(Printable.json(row.toString()));
    }
  }

  /// Prints events until the stream ends. Returns whether somebody still reads what is printed.
  private boolean follow(Client client) {
    var target = Target.of("approvals", "stream").with("after", after).with("namespace", namespace);
    try (var lines =
        new BufferedReader(
            new InputStreamReader(client.download(target), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(ID)) after = line.substring(ID.length());
        if (line.startsWith(DATA)) terminal.line(Printable.json(line.substring(DATA.length())));
        if (terminal.out().checkError()) return false;
      }
    } catch (IOException _) {
      // The node ended or was cut off: it is asked again from where it stopped.
    }
    return true;
  }
}
