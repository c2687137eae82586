package dev.quorate.feed;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.memory.Rules;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a change is called.
public enum Word {
  /// A memory was stored or edited.
  MEMORY,
  /// A memory was deleted for good.
  DELETION,
  ARCHIVE,
  RESTORE,
  /// Several ids turned out to be one memory.
  ALIAS,
  LINK,
  UNLINK,
  /// A namespace got a standard.
  STANDARD,
  /// A namespace lost its standard.
  CLEAR,
  /// An action was held for approval.
  PENDING,
  /// Somebody decided on a pending action.
  DECISION,
  /// A vector was made. Not told unless it is asked for.
  EMBEDDING,
  /// A content lost against a concurrent edit, and is kept as history.
  HISTORY;

  /// What is told when nothing else is asked for.
  static final Set<Word> USUAL = Set.copyOf(EnumSet.complementOf(EnumSet.of(EMBEDDING)));

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads words separated by commas.
  ///
  /// @throws Invalid when one of them is none
  static Set<Word> all(String text) {
    var words = EnumSet.noneOf(Word.class);
    for (var part : text.split(",", -1)) words.add(of(part.strip()));
    return words;
  }

  private static Word of(String text) {
    for (var word : values()) {
      if (word.text().equals(text)) return word;
    }
    var known = Arrays.stream(values()).map(Word::text).collect(Collectors.joining(", "));
    throw new Invalid("lanes must be among %s: %s".formatted(known, Rules.quote(text)));
  }
}
