package dev.quorate.corpus;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;

/// One object `{"memories":[…],"links":[…]}`, read element by element, so that its size does not
/// matter.
final class ExportFile implements Corpus {
  /// Reads one element and leaves those behind it.
  private static final ObjectReader ELEMENT =
      Json.mapper().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Path file;
  private final Placement placement;

  ExportFile(Path file, Placement placement) {
    this.file = file;
    this.placement = placement;
  }

  @Override
  public void read(Sink sink) throws IOException {
    var time = Files.getLastModifiedTime(file).toInstant();
    var memories = new MemoryShape(placement, time);
    var links = new LinkShape(time);
    try (var in = Files.newInputStream(file);
        var parser = Json.mapper().createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        sink.fault("the file is not a JSON object");
        return;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "memories" ->
              each(
                  parser,
                  "memory",
                  sink,
                  (element, place) -> sink.memory(memories.complete(element), place));
          case "links" ->
              each(
                  parser,
                  "link",
                  sink,
                  (element, place) -> sink.link(links.complete(element), place));
          default -> parser.skipChildren();
        }
      }
    } catch (JacksonException e) {
      sink.fault(
          "the file is broken at line %d, so nothing behind that was read: %s"
              .formatted(e.getLocation().getLineNr(), PlainText.oneLine(e.getOriginalMessage())));
    }
  }

  private static void each(JsonParser parser, String what, Sink sink, Lines.Each each) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      sink.fault(what + " list is not a list");
      parser.skipChildren();
      return;
    }
    var number = 0L;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      var place = what + " " + ++number;
      try {
        if (ELEMENT.readTree(parser) instanceof ObjectNode object) each.line(object, place);
        else sink.fault(place + " is not a JSON object");
      } catch (Invalid e) {
        sink.fault(place + ": " + e.getMessage());
      }
    }
  }
}
