package dev.quorate.search;

import dev.quorate.embedding.Vector;
import org.jspecify.annotations.Nullable;

/// What to recall: by words, by meaning, or by both.
///
/// @param words as a user wrote them, absent to look by meaning alone; as many count as
///   [SearchQuery#TERMS_MAX] says
/// @param meaning the vector of what is asked, by the model whose vectors are in the index; absent
///   to look by words alone
/// @param limit how many memories at most; any size will do
public record RecallQuery(
    @Nullable String words, @Nullable Vector meaning, Filter filter, int limit) {
  public RecallQuery {
    if (words == null && meaning == null) throw new IllegalArgumentException("nothing is asked");
  }
}
