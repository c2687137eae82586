package dev.quorate.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a test knows of one parameter of a query.
///
/// @param controlled whether a control character in it is bad
/// @param broken values, not yet encoded, that are refused
record Asked(String name, boolean controlled, List<String> broken) {
  private static final List<String> NO_NUMBERS =
      List.of("abc", "1.5", "5 ", "+5", "0x10", "1e3", "99999999999999999999", "٣", "-");

  static Asked freeText(String name) {
    return new Asked(name, false, List.of());
  }

  /// A whole number.
  ///
  /// @param tooSmall numbers that are below its least value
  static Asked whole(String name, String... tooSmall) {
    return new Asked(name, true, Stream.concat(NO_NUMBERS.stream(), Stream.of(tooSmall)).toList());
  }

  static Asked time(String name) {
    return new Asked(name, true, texts(Broken.time()));
  }

  static Asked namespace(String name) {
    return new Asked(name, true, texts(Broken.namespace()));
  }

  static Asked tier(String name) {
    return new Asked(name, true, texts(Broken.tier()));
  }

  static Asked agentId(String name) {
    return new Asked(name, true, texts(Broken.agentId()));
  }

  static Asked tag(String name) {
    return new Asked(name, true, List.of(" ", "t".repeat(129)));
  }

  static Asked flag(String name) {
    return new Asked(name, true, List.of("maybe", "TRUE", "2", " "));
  }

  static Asked oneOf(String name, String... broken) {
    return new Asked(name, true, List.of(broken));
  }

  private static List<String> texts(List<Sample> samples) {
    return samples.stream().map(sample -> sample.value().asString()).toList();
  }

  Stream<Row> rows(Call call) {
    var rows = new ArrayList<Row>();
    for (var value : broken) {
      // An empty parameter counts as none.
      if (!value.isEmpty()) rows.add(row("'" + shown(value) + "'", value, call));
    }
    if (controlled) {
      Sample.controls()
          .forEach(c -> rows.add(row("U+%04X".formatted(c), "a" + (char) c + "b", call)));
    }
    return rows.stream();
  }

  private Row row(String label, String value, Call call) {
    var encoded = URLEncoder.encode(value, UTF_8);
    return Row.refused(400, "?" + name + " " + label, call.asking(name + "=" + encoded));
  }

  private static String shown(String value) {
    return value.length() > 40 ? value.substring(0, 40) + "…" : value.strip();
  }
}
