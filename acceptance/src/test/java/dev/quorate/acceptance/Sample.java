package dev.quorate.acceptance;

import dev.quorate.json.Json;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A value for one member of a body.
///
/// @param label what is special about it
record Sample(String label, JsonNode value) {
  static Sample text(String label, String text) {
    return new Sample(label, node(text));
  }

  /// A value that needs no other label than its own JSON text.
  static Sample json(String json) {
    return new Sample(json, Json.parse(json));
  }

  static List<Sample> ofJson(String... json) {
    return Stream.of(json).map(Sample::json).toList();
  }

  static Sample texts(String label, Stream<String> texts) {
    var array = Json.mapper().createArrayNode();
    texts.forEach(array::add);
    return new Sample(label, array);
  }

  static JsonNode node(Object value) {
    return Json.mapper().valueToTree(value);
  }

  /// The control characters that no text of a memory may have: all of Unicode's but line feed and
  /// tab.
  static IntStream controls() {
    return IntStream.rangeClosed(0, 0x9f)
        .filter(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
  }
}
