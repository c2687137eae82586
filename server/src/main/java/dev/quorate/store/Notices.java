package dev.quorate.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A look at the events that are on their way from this node to subscribers. They are facts of this
/// node: an event is told by the node that made the change. Not thread-safe.
public interface Notices {
  /// How many events may wait for one subscriber. One beyond that is given up at once.
  int WAITING_MAX = 10_000;

  /// How many given-up events of one subscriber are kept; the oldest beyond that are forgotten.
  int DEAD_MAX = 1_000;

  /// Ids of the subscriptions that events wait for.
  List<String> subscriptionsWaiting();

  /// The event that a subscription is to be told next.
  Optional<Notice> next(String subscriptionId);

  /// Events that were given up, newest first.
  ///
  /// @param subscriptionId only those of this one, absent for all
  /// @param before only those with a smaller number
  List<Notice> dead(@Nullable String subscriptionId, long before, int limit);

  /// What became of the events of each subscription that had any, by its id.
  Map<String, Counts> counts();

  /// What became of the events of one subscription.
  ///
  /// @param sent events that subscribers acknowledged, and those given up
  /// @param failed those given up
  record Counts(long waiting, long sent, long failed) {
    public static final Counts NONE = new Counts(0, 0, 0);
  }
}
