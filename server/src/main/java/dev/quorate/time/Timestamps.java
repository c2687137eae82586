package dev.quorate.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
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

  private static final String RENDERED_FORM = "0000-00-00T00:00:00.000000000+";
  private static final int RENDERED_CHARACTERS = RENDERED_FORM.length() + 5;

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
    return ofRendered(text).or(() -> ofAny(text));
  }

  /// Reads what [#render] writes, as most times are: some dozen of them arrive with each push.
  private static Optional<Instant> ofRendered(String text) {
    if (text.length() != RENDERED_CHARACTERS || !text.endsWith("+00:00")) return Optional.empty();
    for (var i = 0; i < RENDERED_FORM.length(); i++) {
      var form = RENDERED_FORM.charAt(i);
      var c = text.charAt(i);
      if (form == '0' ? c < '0' || c > '9' : c != form) return Optional.empty();
    }
    try {
      var day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
      var time =
          LocalTime.of(
              number(text, 11, 13),
              number(text, 14, 16),
              number(text, 17, 19),
              number(text, 20, 29));
      return Optional.of(LocalDateTime.of(day, time).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  private static Optional<Instant> ofAny(String text) {
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
