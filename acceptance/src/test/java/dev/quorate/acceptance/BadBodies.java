package dev.quorate.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.quorate.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Bodies that are not JSON, not JSON of the right shape, or not said to be JSON: the same for
/// every route that takes a body.
final class BadBodies {
  /// Members that no JSON text may have, to be put into an object.
  private static final List<String> MEMBERS =
      List.of(
          "\"zz\":1,\"zz\":2",
          "\"zz\":{\"a\":1,\"a\":1}",
          "\"zz\":NaN",
          "\"zz\":Infinity",
          "\"zz\":-Infinity",
          "\"zz\":undefined",
          "\"zz\":True",
          "\"zz\":'x'",
          "'zz':1",
          "zz:1",
          "\"zz\":01",
          "\"zz\":+1",
          "\"zz\":.5",
          "\"zz\":1.",
          "\"zz\":0x1",
          "\"zz\":1e",
          "\"zz\":[1,]",
          "\"zz\":[,1]",
          "\"zz\":",
          "\"zz\"",
          "",
          "\"zz\":\"\\x\"",
          "\"zz\":\"\\u12g4\"",
          "\"zz\":\"\\u12",
          "\"zz\":\"a\tb\"",
          "\"zz\":\"a\nb\"",
          "\"zz\":\"a\u0000b\"",
          "/* zz */",
          "\"zz\":/**/1",
          "// zz\n",
          "# zz\n",
          "\"zz\":\"\\ud800\"",
          "\"zz\":\"\\udc00\"",
          "\"zz\":\"\\udc00\\ud800\"",
          "\"zz\":\"\\ud800x\"",
          "\"zz\":\"\\uD83D\\u0041\"",
          "\"zz\":[{\"a\":[\"\\ud800\"]}]",
          "\"\\ud800\":1",
          "\"zz\":" + "1".repeat(500));

  /// Bytes in a string that are not UTF-8, one character each.
  private static final List<String> BYTES =
      List.of(
          "\u00ff",
          "\u0080",
          "\u00c3(",
          "\u00c0\u00af",
          "\u00e0\u0080\u00af",
          "\u00ed\u00a0\u0080",
          "\u00f4\u0090\u0080\u0080",
          "\u00f0\u009f\u0091");

  private static final List<String> MEDIA =
      List.of(
          "",
          "text/plain",
          "text/json",
          "application/x-www-form-urlencoded",
          "application/jsonx",
          "application/json; charset=utf-16",
          "application/json, text/plain",
          "*/*",
          "json");

  private BadBodies() {}

  static Stream<Row> rows(Operation route) {
    var good = Json.text(route.shapes().getFirst().goodBody());
    var rows = new ArrayList<Row>();
    for (var text : texts(good)) {
      rows.add(Row.refused(400, "body " + shown(text), route.good().json(text.getBytes(UTF_8))));
    }
    for (var bytes : BYTES) {
      var inside = insert(good, "\"zz\":\"" + bytes + "\",").getBytes(ISO_8859_1);
      rows.add(Row.refused(400, "body with the bytes " + hex(bytes), route.good().json(inside)));
    }
    for (var charset : List.of(UTF_16, UTF_16LE)) {
      rows.add(Row.refused(400, "body in " + charset, route.good().json(good.getBytes(charset))));
    }
    rows.add(Row.refused(400, "body cut inside of a character", cutCharacter(route, good)));
    for (var media : MEDIA) {
      var call = Call.of(route.good().method(), route.good().target());
      var typed = call.body(good.getBytes(UTF_8), media);
      rows.add(Row.refused(route.wrongMedia(), "Content-Type '%s'".formatted(media), typed));
    }
    for (var other : List.of("\"text\"", "1", "true", "null", good.startsWith("[") ? "{}" : "[]")) {
      var call = route.good().json(other.getBytes(UTF_8));
      rows.add(Row.refused(route.wrongShape(), "body " + other, call));
    }
    return rows.stream();
  }

  private static List<String> texts(String good) {
    var texts = new ArrayList<>(List.of("", " ", "\n", good + "x", good + good, good + "]"));
    for (var length : new int[] {1, good.length() / 2, good.length() - 1}) {
      texts.add(good.substring(0, length));
    }
    for (var member : MEMBERS) texts.add(insert(good, member + ","));
    for (var levels : new int[] {65, 10_000}) {
      texts.add(insert(good, "\"zz\":" + "[".repeat(levels) + "]".repeat(levels) + ","));
      texts.add(
          insert(good, "\"zz\":" + "{\"a\":".repeat(levels) + "1" + "}".repeat(levels) + ","));
      texts.add("[".repeat(levels));
    }
    return texts;
  }

  /// Puts text at the beginning of the body's first object.
  private static String insert(String good, String text) {
    var brace = good.indexOf('{') + 1;
    return good.substring(0, brace) + text + good.substring(brace);
  }

  private static Call cutCharacter(Operation route, String good) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(good.getBytes(UTF_8));
    bytes.write(0xe2);
    bytes.write(0x82);
    return route.good().json(bytes.toByteArray());
  }

  private static String hex(String bytes) {
    return bytes.chars().mapToObj("%02X"::formatted).toList().toString();
  }

  private static String shown(String text) {
    var line = text.replace('\n', ' ').replace('\t', ' ').replace('\u0000', ' ');
    return line.length() > 80
        ? line.substring(0, 80) + "… (" + line.length() + ")"
        : "'" + line + "'";
  }
}
