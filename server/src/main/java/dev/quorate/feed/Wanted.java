package dev.quorate.feed;

import dev.quorate.memory.Memory;
import dev.quorate.search.Sight;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a reader asks for.
///
/// @param namespace only what belongs to this one, absent for all
/// @param asAgent the reader's position in the namespaces, which decides what is visible (api.md
///   2.6); absent for everything
public record Wanted(Set<Word> words, @Nullable String namespace, @Nullable String asAgent) {
  public Wanted {
    words = Set.copyOf(words);
  }

  /// Reads what a request asks for.
  ///
  /// @param lanes words separated by commas, absent for the usual ones
  /// @throws dev.quorate.failure.RequestFailure.Invalid when one of the words is none
  public static Wanted of(
      @Nullable String lanes, @Nullable String namespace, @Nullable String asAgent) {
    return new Wanted(lanes == null ? Word.USUAL : Word.all(lanes), namespace, asAgent);
  }

  boolean wants(Word word) {
    return words.contains(word);
  }

  boolean wants(Memory memory) {
    return wantsNamespace(memory.namespace()) && (asAgent == null || Sight.sees(asAgent, memory));
  }

  boolean wantsNamespace(String other) {
    return namespace == null || namespace.equals(other);
  }
}
