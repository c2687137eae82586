package dev.quorate.settings;

import java.util.Arrays;
import java.util.List;

/// A list of texts as the value of a setting.
record Texts(List<String> list) {
  Texts {
    list = List.copyOf(list);
  }

  /// From text between commas; white space around one does not count.
  static Texts separated(String text) {
    return new Texts(
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .toList());
  }

  @Override
  public String toString() {
    return String.join(", ", list);
  }
}
