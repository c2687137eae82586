package dev.quorate.settings;

/// A text that never appears in a log or a message.
///
/// @param text the secret itself
public record Secret(String text) {
  @Override
  public String toString() {
    return "(secret)";
  }
}
