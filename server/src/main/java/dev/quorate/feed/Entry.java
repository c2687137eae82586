package dev.quorate.feed;

import dev.quorate.store.Origin;
import dev.quorate.time.Stamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One change as it is told.
///
/// @param id of the memory or pending action, or the namespace of a standard, that it is about; of
///   a link its source
/// @param ids every id that the memory has, only that one where it never had another; of a link
///   source, target and relation as it was made, which name it for ever
/// @param namespace where it belongs, absent where that is not known any more
/// @param successors what a deleted source was consolidated into, as far as its delete named any
/// @param cursor where a reader goes on that has this entry and all before it
public record Entry(
    Word word,
    String id,
    List<String> ids,
    @Nullable String namespace,
    List<String> successors,
    Subject subject,
    Stamp stamp,
    Origin origin,
    Cursor cursor) {
  public Entry {
    ids = List.copyOf(ids);
    successors = List.copyOf(successors);
  }

  Entry with(Cursor other) {
    return new Entry(word, id, ids, namespace, successors, subject, stamp, origin, other);
  }

  /// About how many bytes it takes.
  int weight() {
    return switch (subject) {
      case Subject.OfMemory(var memory) -> memory.body().length();
      case Subject.OfPending(var row) -> row.pending().payload().length();
      case Subject.OfVersion(var version) -> version.body().length();
      case Subject.OfLink _,
          Subject.OfStandard _,
          Subject.OfVector _,
          Subject.None _,
          Subject.Outside _ ->
          256;
    };
  }
}
