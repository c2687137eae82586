package dev.quorate.search;

import dev.quorate.embedding.ModelVector;
import org.jspecify.annotations.Nullable;

/// What to recall: by words, by meaning, or by both.
///
/// @param words as a user wrote them, absent to look by meaning alone; as many count as
///   [SearchQuery#TERMS_MAX] says
/// @param meaning the vector of what is asked, by one of the models whose vectors are in the index;
///   absent to look by words alone
/// @param limit how many memories at most; any size will do
/// @param order which of those that are found come first, and so are within the limit
public record RecallQuery(
    @Nullable String words, @Nullable ModelVector meaning, Filter filter, int limit, Order order) {
  /// What comes first.
  public enum Order {
    /// What fits best, by all that is known of it.
    BEST,
    /// What is nearest in meaning, however old and unimportant it is.
    NEAREST
  }

  public RecallQuery {
    if (words == null && meaning == null) throw new IllegalArgumentException("nothing is asked");
  }

  /// For what fits best.
  public RecallQuery(
      @Nullable String words, @Nullable ModelVector meaning, Filter filter, int limit) {
    this(words, meaning, filter, limit, Order.BEST);
  }

  /// For what is nearest in meaning.
  public static RecallQuery nearest(ModelVector meaning, Filter filter, int limit) {
    return new RecallQuery(null, meaning, filter, limit, Order.NEAREST);
  }
}
