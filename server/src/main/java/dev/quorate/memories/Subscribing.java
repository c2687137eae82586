package dev.quorate.memories;

import dev.quorate.failure.RequestFailure.Conflict;
import dev.quorate.merge.Lane;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Transaction;
import dev.quorate.subscriptions.SigningKey;
import dev.quorate.subscriptions.Subscription;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who wants to be told of what (api.md 1.2). A subscription is held by every node. Thread-safe;
/// every method runs inside a transaction or look of its caller.
public final class Subscribing {
  public static final int SUBSCRIPTIONS_MAX = 256;

  private static final String AGENT_TYPE = "ai:generic";

  private final Agents agents;

  public Subscribing(Agents agents) {
    this.agents = agents;
  }

  /// A subscription under its id.
  public record Subscribed(String id, Subscription subscription) {}

  /// What somebody asks to be told of. Its members are those of [Subscription].
  ///
  /// @param registering whether `createdBy` names an agent that is to be known as one
  public record Wish(
      String url,
      String events,
      @Nullable String namespace,
      @Nullable String namespaceFilter,
      @Nullable String agentFilter,
      @Nullable String agentId,
      String createdBy,
      boolean registering,
      @Nullable SigningKey key) {}

  /// Subscribes, and makes the subscriber known as an agent where nobody knows it yet.
  ///
  /// @throws Conflict when there are as many as there may be
  public Subscribed subscribe(Transaction transaction, Wish wish) {
    if (transaction.subscriptions().size() >= SUBSCRIPTIONS_MAX) {
      throw new Conflict(
          "there can be at most %d subscriptions; delete one first".formatted(SUBSCRIPTIONS_MAX),
          Map.of("code", "TOO_MANY_SUBSCRIPTIONS"));
    }
    transaction.together();
    if (wish.registering() && !Agents.registered(transaction, wish.createdBy())) {
      agents.register(transaction, wish.createdBy(), AGENT_TYPE, List.of());
    }
    var stamp = transaction.stamp();
    var subscription =
        new Subscription(
            wish.url(),
            wish.events(),
            wish.namespace(),
            wish.namespaceFilter(),
            wish.agentFilter(),
            wish.agentId(),
            wish.createdBy(),
            stamp.instant(),
            wish.key());
    var id = UUID.randomUUID().toString();
    transaction.merge(SubscriptionRegister.of(id, stamp, subscription.body()));
    return new Subscribed(id, subscription);
  }

  /// Subscriptions, earliest first.
  ///
  /// @param agentId only those of this agent, absent for all
  public static List<Subscribed> list(Snapshot snapshot, @Nullable String agentId) {
    return snapshot.subscriptions().stream()
        .map(there -> new Subscribed(there.id(), Subscription.read(there.body())))
        .filter(there -> agentId == null || agentId.equals(there.subscription().agentId()))
        .toList();
  }

  /// Removes the subscription with this id. Returns whether there was one.
  public boolean unsubscribe(Transaction transaction, String id) {
    // A damaged one, which is not shown, can be removed as well.
    var there =
        transaction
            .register(Lane.SUBSCRIPTION, id)
            .map(SubscriptionRegister.class::cast)
            .filter(SubscriptionRegister::present)
            .isPresent();
    if (there) transaction.merge(SubscriptionRegister.of(id, transaction.stamp(), ""));
    return there;
  }

  /// Removes what an agent subscribed to under the name of a namespace. Returns the ids.
  public List<String> unsubscribe(Transaction transaction, String agentId, String namespace) {
    var ids =
        list(transaction, agentId).stream()
            .filter(there -> namespace.equals(there.subscription().namespace()))
            .map(Subscribed::id)
            .toList();
    transaction.together();
    ids.forEach(id -> unsubscribe(transaction, id));
    return ids;
  }
}
