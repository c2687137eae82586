package dev.quorate.corpus;

import dev.quorate.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// A file of one JSON object a line. Lines are cut as bytes, so that a line that is no UTF-8 spoils
/// no other one.
final class Lines {
  private static final int LINE_BYTES_MAX = Batches.BODY_BYTES_MAX;

  private Lines() {}

  /// Gets each object.
  @FunctionalInterface
  interface Each {
    void line(ObjectNode object, String place);
  }

  static void read(Path file, Sink sink, Each each) throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      var line = new ByteArrayOutputStream(4_096);
      var number = 1L;
      var length = 0L;
      int next;
      do {
        next = in.read();
        if (next == '\n' || next < 0) {
          parse(line, length, "line " + number, sink, each);
          line.reset();
          length = 0;
          number++;
        } else if (++length <= LINE_BYTES_MAX) {
          line.write(next);
        }
      } while (next >= 0);
    }
  }

  private static void parse(
      ByteArrayOutputStream line, long length, String place, Sink sink, Each each) {
    if (length > LINE_BYTES_MAX) {
      sink.fault("%s has %d bytes; the limit is %d".formatted(place, length, LINE_BYTES_MAX));
      return;
    }
    var bytes = line.toByteArray();
    if (isBlank(bytes)) return;
    try {
      if (Json.parse(bytes) instanceof ObjectNode object) each.line(object, place);
      else sink.fault(place + " is not a JSON object");
    } catch (JacksonException e) {
      sink.fault("%s is not JSON: %s".formatted(place, PlainText.oneLine(e.getOriginalMessage())));
    }
  }

  private static boolean isBlank(byte[] bytes) {
    for (var b : bytes) {
      if (b != ' ' && b != '\t' && b != '\r') return false;
    }
    return true;
  }
}
