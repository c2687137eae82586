package dev.quorate.settings;

/// Table `[gc]`: what becomes of expired and archived memories.
///
/// @param intervalSecs how often the node looks for them
/// @param archiveOnGc whether an expired memory is archived, rather than deleted
/// @param archiveMaxDays how long an archived memory is kept; 0 for ever
public record GcSettings(int intervalSecs, boolean archiveOnGc, int archiveMaxDays) {
  public static final GcSettings DEFAULT = new GcSettings(1_800, true, 0);

  public GcSettings {
    Range.check("gc.interval-secs", intervalSecs, 1, 604_800);
    Range.check("gc.archive-max-days", archiveMaxDays, 0, 36_500);
  }

  static GcSettings of(Values values) {
    return new GcSettings(
        values.integer(Key.GC_INTERVAL_SECS, DEFAULT.intervalSecs),
        values.truth(Key.GC_ARCHIVE_ON_GC, DEFAULT.archiveOnGc),
        values.integer(Key.GC_ARCHIVE_MAX_DAYS, DEFAULT.archiveMaxDays));
  }
}
