package dev.quorate.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/// The one form in which a time is written: RFC 3339, UTC as `+00:00`, nine fractional digits, so
/// that text order is time order (wire.md 2.4).
public final class Timestamps {
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private Timestamps() {}

  public static String render(Instant instant) {
    var t = instant.atOffset(ZoneOffset.UTC);
    var out = new StringBuilder(35);
    digits(out, t.getYear(), 4).append('-');
    digits(out, t.getMonthValue(), 2).append('-');
    digits(out, t.getDayOfMonth(), 2).append('T');
    digits(out, t.getHour(), 2).append(':');
    digits(out, t.getMinute(), 2).append(':');
    digits(out, t.getSecond(), 2).append('.');
    return digits(out, t.getNano(), 9).append("+00:00").toString();
  }

  /// Reads an RFC 3339 time of the years 0 to 9999 with any offset; empty for anything else.
  public static Optional<Instant> parse(String text) {
    if (!RFC_3339.matcher(text).matches()) return Optional.empty();
    try {
      var instant = OffsetDateTime.parse(text).toInstant();
      var inRange = !instant.isBefore(FIRST) && !instant.isAfter(LAST);
      return inRange ? Optional.of(instant) : Optional.empty();
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static StringBuilder digits(StringBuilder out, int number, int width) {
    var text = Integer.toString(number);
    for (var i = text.length(); i < width; i++) out.append('0');
    return out.append(text);
  }
}
