package dev.quorate.cli;

import java.util.Locale;

/// Sizes as a person reads them.
final class Bytes {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

  private Bytes() {}

  static String text(long bytes) {
    if (bytes < 1_024) return bytes + " bytes";
    var amount = (double) bytes;
    var unit = -1;
    do {
      amount /= 1_024;
      unit++;
    } while (amount >= 1_023.95 && unit < UNITS.length - 1);
    return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }
}
