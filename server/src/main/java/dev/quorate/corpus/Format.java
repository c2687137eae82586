package dev.quorate.corpus;

import dev.quorate.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The shapes of corpora.
public enum Format {
  /// Whichever of the others fits.
  AUTO,
  /// One memory or link a line.
  JSONL,
  /// One object with all memories and links, as `GET /api/v1/export` answers it.
  EXPORT,
  /// A folder of Markdown files, or one such file.
  MARKDOWN,
  /// One entity or relation a line, as the reference MCP memory server keeps them.
  MCP;

  /// Looks at a file to find its format: a folder or `.md` is Markdown, else the first JSON object
  /// decides.
  public static Format detect(Path path) throws IOException {
    if (Files.isDirectory(path) || isMarkdown(path)) return MARKDOWN;
    try (var in = Files.newInputStream(path);
        var parser = Json.mapper().createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) return JSONL;
      return firstTelling(parser);
    } catch (JacksonException _) {
      // A broken first line is told when it is read.
      return JSONL;
    }
  }

  private static Format firstTelling(JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      var value = parser.nextToken();
      switch (name) {
        case "memories", "links", "exported_at" -> {
          return EXPORT;
        }
        case "entityType", "observations", "relationType" -> {
          return MCP;
        }
        case "type" -> {
          var type = value == JsonToken.VALUE_STRING ? parser.getString() : "";
          if (type.equals("entity") || type.equals("relation")) return MCP;
        }
        default -> parser.skipChildren();
      }
    }
    return JSONL;
  }

  static boolean isMarkdown(Path file) {
    var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".md") || name.endsWith(".markdown");
  }
}
