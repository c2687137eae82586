package dev.quorate.subscriptions;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.memory.Rules;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a subscriber can be told of (api.md 1.8).
public enum EventType {
  MEMORY_STORE,
  MEMORY_PROMOTE,
  MEMORY_DELETE,
  MEMORY_LINK_CREATED,
  MEMORY_LINK_INVALIDATED,
  MEMORY_CONSOLIDATED,
  APPROVAL_REQUESTED;

  /// The words for all of them.
  public static final String ALL = "*";

  /// The name in JSON.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Names with commas between, or `*`, in the one form that is kept: each once, without spaces.
  ///
  /// @throws Invalid for one that is no event
  public static String list(String text) {
    if (text.strip().equals(ALL)) return ALL;
    var names = new LinkedHashSet<String>();
    for (var part : text.split(",", -1)) {
      var name = part.strip();
      if (Arrays.stream(values()).noneMatch(event -> event.text().equals(name))) {
        throw new Invalid(
            "events must be * or some of %s: %s"
                .formatted(
                    Arrays.stream(values()).map(EventType::text).collect(Collectors.joining(", ")),
                    Rules.quote(name)));
      }
      names.add(name);
    }
    return String.join(",", names);
  }
}
