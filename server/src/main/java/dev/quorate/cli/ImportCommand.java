package dev.quorate.cli;

import dev.quorate.corpus.Batches;
import dev.quorate.corpus.Corpus;
import dev.quorate.corpus.Format;
import dev.quorate.corpus.Placement;
import dev.quorate.failure.RequestFailure;
import dev.quorate.json.Json;
import dev.quorate.memory.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Reads files of other shapes into a node.
@Command(
    name = "import",
    header = "Import memories from a file or a folder.",
    description = {
      "Formats: jsonl (one memory or link of this API a line, or what export wrote), markdown (a folder",
      "or a file, cut at headings) and mcp (the file of the reference MCP memory server). Running it",
      "again imports nothing twice."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  quorate import memories.json",
      "  quorate import docs --namespace project/docs --agent human:ada",
      "  quorate import memory.jsonl --format mcp --namespace notes"
    })
final class ImportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Parameters(index = "0", paramLabel = "PATH", description = "The file or folder.")
  private String path = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "auto, jsonl, markdown or mcp (auto).")
  private String format = "auto";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "Where what has no namespace of its own goes (global).")
  private String namespace = "global";

  ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    var source = Path.of(path);
    if (!Files.exists(source)) throw CommandFailure.failed("there is no file or folder " + path);
    var corpus = Corpus.open(source, format(), placement());
    var errors = new ArrayList<String>();
    try (var client = connection.client(terminal)) {
      var progress = new ProgressLine(terminal, System::nanoTime);
      var batches =
          new Batches(
              new ImportRoute(client),
              error -> {
                progress.interrupt();
                terminal.complaint(Printable.line(error));
                if (connection.json()) errors.add(error);
              },
              progress::at);
      corpus.read(batches);
      var summary = batches.finish();
      progress.interrupt();
      if (connection.json()) printJson(summary, errors);
      else print(summary);
      return summary.errors() == 0 ? 0 : CommandFailure.FAILED;
    }
  }

  private Format format() throws IOException {
    return switch (format) {
      case "auto" -> Format.AUTO;
      case "jsonl" -> Format.detect(Path.of(path)) == Format.EXPORT ? Format.EXPORT : Format.JSONL;
      case "markdown" -> Format.MARKDOWN;
      case "mcp" -> Format.MCP;
      default ->
          throw CommandFailure.usage(
              "--format must be auto, jsonl, markdown or mcp: '%s'".formatted(format));
    };
  }

  private Placement placement() {
    try {
      var agent = connection.agent(terminal);
      return new Placement(Rules.namespace(namespace), agent == null ? null : Rules.agentId(agent));
    } catch (RequestFailure.Invalid e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private void print(Batches.Summary summary) {
    if (summary.links() > 0) terminal.line("linked " + summary.links());
    if (summary.remapped() > 0) {
      terminal.line(
          "%d came in under another id, as theirs was deleted or their title was there"
              .formatted(summary.remapped()));
    }
    summary.remarks().forEach(remark -> terminal.line(Printable.line(remark)));
    terminal.line("imported %d, %d errors".formatted(summary.imported(), summary.errors()));
  }

  private void printJson(Batches.Summary summary, List<String> errors) {
    var json = Json.object().put("imported", summary.imported()).put("links", summary.links());
    var list = json.putArray("errors");
    errors.forEach(list::add);
    json.put("remapped", summary.remapped());
    var remarks = json.putArray("remarks");
    summary.remarks().forEach(remarks::add);
    terminal.line(Printable.json(json.toString()));
  }
}
