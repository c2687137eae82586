package dev.quorate.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What can be wrong with a request to any route: its path, its query, its size, its key.
final class BadRequests {
  private static final int BODY_BYTES_MAX = 2 << 20;

  /// Segments of a path that are no text, or no id.
  private static final List<String> SEGMENTS =
      List.of(
          "%",
          "%4",
          "%zz",
          "a%2",
          "%ff",
          "%c3%28",
          "%ed%a0%80",
          "%00",
          "a%0Ab",
          "a%09b",
          "%7f",
          "%c2%80",
          "%c2%9f");

  /// Segments that are longer than an id.
  private static final List<String> LONG_SEGMENTS =
      List.of("a".repeat(129), "%f0%9f%91%a9".repeat(33));

  /// Segments that are no namespace.
  private static final List<String> NAMESPACE_SEGMENTS =
      List.of(
          "a%20b",
          "%2Fa",
          "a%2F",
          "a%2F%2Fb",
          "a%2F..%2Fb",
          "a%5Cb",
          "n".repeat(513),
          "1%2F2%2F3%2F4%2F5%2F6%2F7%2F8%2F9");

  private static final List<String> QUERIES =
      List.of(
          "zz=%", "zz=%4", "zz=%zz", "zz=%ff", "zz=%c3%28", "zz=%ed%a0%80", "%zz=1", "zz=1&zz=1");

  private static final List<String> KEYS = List.of("", "a b", "k".repeat(256), "é");

  private BadRequests() {}

  static Stream<Row> rows(Operation route) {
    var rows = new ArrayList<Row>();
    var good = route.good();
    if (route.path().contains("{")) {
      for (var segment : SEGMENTS) rows.add(segment(route, segment));
      var more = route.path().contains("{ns}") ? NAMESPACE_SEGMENTS : LONG_SEGMENTS;
      for (var segment : more) rows.add(segment(route, segment));
    }
    for (var query : QUERIES) rows.add(Row.refused(400, "?" + query, good.asking(query)));
    rows.add(Row.refused(413, "2 MiB + 1", good.json(text(BODY_BYTES_MAX + 1))));
    if (route.mutating()) {
      for (var key : KEYS) {
        var label = "Idempotency-Key '%s'".formatted(key.length() > 9 ? "256 characters" : key);
        rows.add(Row.refused(400, label, good.header("Idempotency-Key", key)));
      }
    }
    return rows.stream();
  }

  private static Row segment(Operation route, String segment) {
    var target = route.path().replaceFirst("\\{[a-z_]+}", segment);
    var good = route.good();
    var label = segment.length() > 40 ? segment.substring(0, 40) + "…" : segment;
    return Row.refused(
        400, "path segment " + label, new Call(good.method(), target, good.body(), good.headers()));
  }

  /// A JSON text of so many bytes.
  static byte[] text(int bytes) {
    return ("\"" + "x".repeat(bytes - 2) + "\"").getBytes(UTF_8);
  }
}
