package dev.quorate.settings;

/// A value outside of its range. The message names the key, the limit and the value; the loader
/// adds where the value came from.
public final class InvalidSetting extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String key;

  InvalidSetting(String key, String sentence) {
    super(sentence);
    this.key = key;
  }

  /// The setting as it is written in the file, such as `http.port`.
  public String key() {
    return key;
  }
}
