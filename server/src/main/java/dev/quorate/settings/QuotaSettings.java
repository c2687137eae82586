package dev.quorate.settings;

/// Table `[quota]`: how much one agent may store through this node; 0 is without a limit.
///
/// @param memoriesPerDay how many memories it may make between two midnights, UTC
/// @param storageBytes how many bytes of title, content and metadata its live memories may have
/// @param linksPerDay how many links it may make between two midnights, UTC
public record QuotaSettings(long memoriesPerDay, long storageBytes, long linksPerDay) {
  public static final QuotaSettings DEFAULT = new QuotaSettings(0, 0, 0);

  private static final long DAILY_MAX = 1_000_000_000;
  private static final long BYTES_MAX = 1L << 50;

  public QuotaSettings {
    Range.check("quota.memories-per-day", memoriesPerDay, 0, DAILY_MAX);
    Range.check("quota.storage-bytes", storageBytes, 0, BYTES_MAX);
    Range.check("quota.links-per-day", linksPerDay, 0, DAILY_MAX);
  }

  static QuotaSettings of(Values values) {
    return new QuotaSettings(
        values.number(Key.QUOTA_MEMORIES_PER_DAY, DEFAULT.memoriesPerDay),
        values.number(Key.QUOTA_STORAGE_BYTES, DEFAULT.storageBytes),
        values.number(Key.QUOTA_LINKS_PER_DAY, DEFAULT.linksPerDay));
  }
}
