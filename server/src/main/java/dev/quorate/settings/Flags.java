package dev.quorate.settings;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Settings given on the command line, as they were typed. Immutable.
public final class Flags {
  public static final Flags NONE = new Flags(new EnumMap<>(Flag.class));

  private final Map<Flag, String> typed;

  private Flags(Map<Flag, String> typed) {
    this.typed = typed;
  }

  /// The same with one flag more, if it was typed.
  public Flags with(Flag flag, @Nullable String text) {
    if (text == null) return this;
    var more = new EnumMap<Flag, String>(Flag.class);
    more.putAll(typed);
    more.put(flag, text);
    return new Flags(more);
  }

  Optional<String> text(Flag flag) {
    return Optional.ofNullable(typed.get(flag));
  }
}
