package dev.quorate.settings;

/// Table `[store]`: how the store is opened.
///
/// @param readers how many connections read at once; 0 for one per core, but at least two
public record StoreSettings(int readers) {
  public static final StoreSettings DEFAULT = new StoreSettings(0);

  private static final int READERS_MIN = 2;

  public StoreSettings {
    Range.check("store.readers", readers, 0, 64);
  }

  /// The number of readers on a machine with this many cores.
  public int readers(int cores) {
    return readers == 0 ? Math.max(READERS_MIN, cores) : readers;
  }

  static StoreSettings of(Values values) {
    return new StoreSettings(values.integer(Key.STORE_READERS, DEFAULT.readers));
  }
}
