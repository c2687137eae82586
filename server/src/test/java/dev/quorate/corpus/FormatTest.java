package dev.quorate.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a.jsonl | {\"id\":\"1\",\"metadata\":{\"type\":\"entity\"}} | JSONL",
        "a.json  | {\"count\":0,\"memories\":[]}                   | EXPORT",
        "a.json  | {\"exported_at\":\"x\"                          | EXPORT",
        "a.json  | {\"type\":\"entity\",\"name\":\"x\"}            | MCP",
        "a.json  | {\"from\":\"a\",\"relationType\":\"x\"}         | MCP",
        "a.json  | {\"type\":\"other\",\"title\":\"x\"}            | JSONL",
        "a.json  | nonsense                                        | JSONL",
        "a.json  | [1]                                             | JSONL",
        "a.md    | {\"memories\":[]}                               | MARKDOWN",
        "A.Markdown | x                                            | MARKDOWN"
      })
  void theFirstObjectTellsTheFormat(String name, String text, Format format) throws IOException {
    var file = directory.resolve(name);
    Files.writeString(file, text);
    assertThat(Format.detect(file)).isEqualTo(format);
  }

  @Test
  void aFolderIsMarkdown() throws IOException {
    assertThat(Format.detect(directory)).isEqualTo(Format.MARKDOWN);
  }
}
