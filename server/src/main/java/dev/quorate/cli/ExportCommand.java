package dev.quorate.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes all memories as JSON.
@Command(
    name = "export",
    header = "Write all memories and links as one JSON object.",
    description = {"What this writes, import reads."},
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate export memories.json", "  quorate export | gzip > memories.json.gz"})
final class ExportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "Where to; - or none for standard output.")
  private String file = "-";

  @Option(names = "--force", description = "Replace FILE if it exists.")
  private boolean force;

  ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    try (var client = connection.client(terminal);
        var answer = client.download(Target.of("export"))) {
      if (file.equals("-")) {
        print(answer);
      } else {
        var bytes = WholeFile.write(Path.of(file), force, answer, _ -> {});
        terminal.line("exported %s to %s".formatted(Bytes.text(bytes), file));
      }
      return 0;
    }
  }

  private void print(InputStream answer) throws IOException {
    var text = new InputStreamReader(answer, StandardCharsets.UTF_8);
    var block = new char[1 << 14];
    int length;
    while ((length = text.read(block)) >= 0) {
      terminal.out().print(Printable.json(CharBuffer.wrap(block, 0, length)));
    }
    terminal.out().println();
    if (terminal.out().checkError()) {
      throw CommandFailure.failed("standard output was closed before the end of the export");
    }
  }
}
