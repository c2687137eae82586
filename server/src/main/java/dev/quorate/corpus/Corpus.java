package dev.quorate.corpus;

import java.io.IOException;
import java.nio.file.Path;

/// Something that memories can be read from.
public interface Corpus {
  /// Reads everything once, in the same order each time. What is broken becomes a fault and does
  /// not stop the rest.
  ///
  /// @throws IOException when the source as a whole cannot be read
  void read(Sink sink) throws IOException;

  /// Opens a file or folder in a format; [Format#AUTO] looks at it to find out.
  static Corpus open(Path path, Format format, Placement placement) throws IOException {
    return switch (format) {
      case AUTO -> open(path, Format.detect(path), placement);
      case JSONL -> new MemoryLines(path, placement);
      case EXPORT -> new ExportFile(path, placement);
      case MARKDOWN -> new MarkdownFolder(path, placement);
      case MCP -> new McpFile(path, placement);
    };
  }
}
