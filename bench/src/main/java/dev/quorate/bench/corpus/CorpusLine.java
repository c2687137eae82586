package dev.quorate.bench.corpus;

import dev.quorate.bench.probe.CannotRun;
import dev.quorate.json.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One JSON object of a file, which knows its place there. Throws [CannotRun] with that place for
/// whatever is wrong with it.
final class CorpusLine {
  private final String place;
  private final JsonNode object;

  private CorpusLine(String place, JsonNode object) {
    this.place = place;
    this.object = object;
  }

  static CorpusLine parse(String file, int number, String text) {
    var place = file + " line " + number;
    try {
      var object = Json.parse(text);
      if (object.isObject()) return new CorpusLine(place, object);
    } catch (JacksonException e) {
      throw new CannotRun(place + " is no JSON: " + e.getOriginalMessage(), e);
    }
    throw new CannotRun(place + " is no JSON object");
  }

  boolean has(String name) {
    return object.hasNonNull(name);
  }

  String text(String name) {
    var value = object.path(name);
    if (value.isString() && !value.asString().isBlank()) return value.asString();
    throw wrong(has(name) ? name + " must be a text that is not blank" : name + " is missing");
  }

  String text(String name, String absent) {
    return has(name) ? text(name) : absent;
  }

  int whole(String name, int absent, int min, int max) {
    if (!has(name)) return absent;
    var value = object.path(name);
    if (value.isInt() && value.asInt() >= min && value.asInt() <= max) return value.asInt();
    throw wrong("%s must be %d..%d: %s".formatted(name, min, max, value));
  }

  List<String> texts(String name) {
    if (!has(name)) return List.of();
    var texts = new ArrayList<String>();
    for (var value : object.path(name)) {
      if (!value.isString()) throw wrong(name + " must hold texts only");
      texts.add(value.asString());
    }
    if (object.path(name).isArray()) return texts;
    throw wrong(name + " must be a list of texts");
  }

  Instant time(String name) {
    var text = text(name);
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException _) {
      throw wrong(name + " must be a time like 2025-03-11T07:15:00Z: " + text);
    }
  }

  CannotRun wrong(String sentence) {
    return new CannotRun(place + ": " + sentence);
  }
}
