package dev.quorate.settings;

/// Table `[ttl]`: how long each tier lasts, in seconds; zero or less for ever.
///
/// @param extendShortSecs how long a short-tier memory lives at least after it was recalled
/// @param extendMidSecs the same for the mid tier
public record TtlSettings(
    long shortSecs, long midSecs, long longSecs, long extendShortSecs, long extendMidSecs) {

  public static final TtlSettings DEFAULT = new TtlSettings(21_600, 604_800, 0, 3_600, 86_400);

  public TtlSettings {
    Range.atMost("ttl.short-secs", shortSecs, Range.TEN_YEARS_SECS);
    Range.atMost("ttl.mid-secs", midSecs, Range.TEN_YEARS_SECS);
    Range.atMost("ttl.long-secs", longSecs, Range.TEN_YEARS_SECS);
    Range.check("ttl.extend-short-secs", extendShortSecs, 0, Range.TEN_YEARS_SECS);
    Range.check("ttl.extend-mid-secs", extendMidSecs, 0, Range.TEN_YEARS_SECS);
  }

  static TtlSettings of(Values values) {
    return new TtlSettings(
        values.number(Key.TTL_SHORT_SECS, DEFAULT.shortSecs),
        values.number(Key.TTL_MID_SECS, DEFAULT.midSecs),
        values.number(Key.TTL_LONG_SECS, DEFAULT.longSecs),
        values.number(Key.TTL_EXTEND_SHORT_SECS, DEFAULT.extendShortSecs),
        values.number(Key.TTL_EXTEND_MID_SECS, DEFAULT.extendMidSecs));
  }
}
