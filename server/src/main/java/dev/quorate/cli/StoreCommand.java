package dev.quorate.cli;

import dev.quorate.json.Json;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// Stores one memory.
@Command(
    name = "store",
    header = "Store a memory.",
    description = {"CONTENT is read from standard input when it is - or left out."},
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  quorate store \"Deploy rule\" \"Use blue/green\" --namespace ops/web --tags deploy,web",
      "  git log -20 | quorate store \"Recent commits\" - --tier short"
    })
final class StoreCommand implements Callable<Integer> {
  /// One byte more than a node takes, so that the node is the one to say that it is too much.
  private static final int INPUT_BYTES_MAX = (2 << 20) + 1;

  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Parameters(
      index = "0",
      paramLabel = "TITLE",
      description = "Its title, unique in its namespace.")
  private String title = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "CONTENT", description = "Its text, or -.")
  private String content = "-";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "Where it goes, like ops/web (the node's default).")
  private @Nullable String namespace;

  @Option(names = "--tier", paramLabel = "TIER", description = "short, mid or long (mid).")
  private @Nullable String tier;

  @Option(names = "--tags", split = ",", paramLabel = "TAG,TAG", description = "Its tags.")
  private List<String> tags = new ArrayList<>();

  @Option(names = "--priority", paramLabel = "N", description = "1 to 10 (5).")
  private @Nullable Integer priority;

  @Option(
      names = "--on-conflict",
      paramLabel = "HOW",
      description = "When the title is taken: error, merge or version (error).")
  private @Nullable String onConflict;

  StoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (var client = connection.client(terminal)) {
      var reply = client.post(Target.of("memories"), body());
      if (connection.json()) {
        terminal.line(Printable.json(reply.text()));
        return 0;
      }
      var stored = reply.json();
      if (reply.status() == HttpURLConnection.HTTP_ACCEPTED) {
        terminal.line(
            "waits for approval as %s: %s"
                .formatted(
                    MemoryText.field(stored, "pending_id"), MemoryText.field(stored, "reason")));
        return 0;
      }
      terminal.line(
          "stored %s (%s, %s)"
              .formatted(
                  MemoryText.field(stored, "id"),
                  MemoryText.field(stored, "tier"),
                  MemoryText.field(stored, "namespace")));
      return 0;
    }
  }

  private ObjectNode body() throws IOException {
    var body = Json.object().put("title", title).put("content", text()).put("source", "cli");
    if (namespace != null) body.put("namespace", namespace);
    if (tier != null) body.put("tier", tier);
    if (priority != null) body.put("priority", priority);
    if (onConflict != null) body.put("on_conflict", onConflict);
    var agent = connection.agent(terminal);
    if (agent != null) body.put("agent_id", agent);
    var list = body.putArray("tags");
    tags.forEach(list::add);
    return body;
  }

  private String text() throws IOException {
    if (!content.equals("-")) return content;
    if (terminal.isInteractive()) terminal.complaint("reading the content up to Ctrl-D");
    var bytes = terminal.in().readNBytes(INPUT_BYTES_MAX);
    var utf8 = StandardCharsets.UTF_8.newDecoder();
    try {
      // Memories have line feeds only.
      return utf8.decode(ByteBuffer.wrap(bytes)).toString().replace("\r\n", "\n");
    } catch (CharacterCodingException _) {
      throw CommandFailure.failed("the content on standard input is not UTF-8");
    }
  }
}
