package dev.quorate.cli;

import dev.quorate.json.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// Subscribes an address to events.
@Command(
    name = "add",
    header = "Have events sent to an address, signed with a secret.",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  quorate subscriptions add https://ops.example/hook --namespaces \"ops/**\"",
      "  quorate subscriptions add https://ops.example/hook --events memory_store,memory_delete"
    })
final class SubscriptionsAddCommand implements Callable<Integer> {
  private static final String SECRET_VARIABLE = "QUORATE_WEBHOOK_SECRET";

  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Parameters(index = "0", paramLabel = "URL", description = "Where to send them.")
  private String url = "";

  @Option(names = "--events", paramLabel = "EVENT,EVENT", description = "Which (all).")
  private @Nullable String events;

  @Option(
      names = "--namespaces",
      paramLabel = "PATTERN",
      description = "Only these, like ops/web or ops/** (all).")
  private @Nullable String namespaces;

  @Option(names = "--of-agent", paramLabel = "ID", description = "Only what is this agent's (all).")
  private @Nullable String ofAgent;

  @Option(
      names = "--secret",
      paramLabel = "TEXT",
      description = {
        "Signs them; better given as " + SECRET_VARIABLE + ", which no process list",
        "shows. Without one the secret of the sending node does."
      })
  private @Nullable String secret;

  SubscriptionsAddCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var client = connection.client(terminal)) {
      var reply = client.post(Target.of("subscriptions"), body());
      if (connection.json()) terminal.line(Printable.json(reply.text()));
      else terminal.line("subscribed as " + MemoryText.field(reply.json(), "id"));
      return 0;
    }
  }

  private ObjectNode body() {
    var body = Json.object().put("url", url);
    if (events != null) body.put("events", events);
    if (namespaces != null) body.put("namespace_filter", namespaces);
    if (ofAgent != null) body.put("agent_filter", ofAgent);
    var given = secret == null ? terminal.environment().get(SECRET_VARIABLE) : secret;
    if (given != null) body.put("secret", given);
    var agent = connection.agent(terminal);
    if (agent != null) body.put("agent_id", agent);
    return body;
  }
}
