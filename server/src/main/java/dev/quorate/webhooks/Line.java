package dev.quorate.webhooks;

import dev.quorate.failure.RequestFailure;
import dev.quorate.merge.Lane;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.store.Notice;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import dev.quorate.store.Transaction;
import dev.quorate.subscriptions.SigningKey;
import dev.quorate.subscriptions.Subscription;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Sends the events of one subscription, one after another in their order, until none waits. What
/// is not acknowledged is sent again after 0.2, 1 and 5 s, and then given up. Runs once.
final class Line {
  private static final Logger LOG = System.getLogger(Line.class.getName());

  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(5));

  /// Before a store that is too busy is asked again.
  private static final Duration BUSY = Duration.ofSeconds(1);

  private final String subscriptionId;
  private final Store store;
  private final Sender sender;
  private final Optional<SigningKey> ownKey;
  private final WebhookMeters meters;
  private final InstantSource clock;

  Line(
      String subscriptionId,
      Store store,
      Sender sender,
      Optional<SigningKey> ownKey,
      WebhookMeters meters,
      InstantSource clock) {
    this.subscriptionId = subscriptionId;
    this.store = store;
    this.sender = sender;
    this.ownKey = ownKey;
    this.meters = meters;
    this.clock = clock;
  }

  /// An event, and for whom.
  ///
  /// @param subscription empty where it is damaged
  private record Next(Optional<Subscription> subscription, Notice notice) {}

  /// What an attempt came to.
  ///
  /// @param fault why it failed, empty for an acknowledgement
  private record Attempt(int status, Optional<String> fault) {}

  /// Sends what waits. Returns whether nothing waits any more; what does when it returns false
  /// cannot be sent now, for nobody can tell whereto: the subscription is damaged.
  ///
  /// @throws InterruptedException when the node stops; what was not acknowledged goes on waiting
  boolean run() throws InterruptedException {
    while (true) {
      Optional<Next> next;
      try {
        next = next();
      } catch (RequestFailure e) {
        LOG.log(Level.DEBUG, "events wait: {0}", e.getMessage());
        Thread.sleep(BUSY);
        continue;
      }
      if (next.isEmpty()) return true;
      var subscription = next.get().subscription();
      if (subscription.isEmpty()) return false;
      deliver(subscription.get(), next.get().notice());
    }
  }

  private Optional<Next> next() {
    return store.read(snapshot ->
        snapshot
            .notices()
            .next(subscriptionId)
            .map(notice -> new Next(subscription(snapshot), notice)));
  }

  private Optional<Subscription> subscription(Snapshot snapshot) {
    return snapshot
        .register(Lane.SUBSCRIPTION, subscriptionId)
        .map(SubscriptionRegister.class::cast)
        .filter(SubscriptionRegister::intact)
        .filter(SubscriptionRegister::present)
        .map(register -> Subscription.read(register.body()));
  }

  private void deliver(Subscription subscription, Notice notice) throws InterruptedException {
    var attempt = attempt(subscription, notice);
    var tried = 1;
    for (var pause : PAUSES) {
      if (attempt.fault().isEmpty()) break;
      Thread.sleep(pause);
      attempt = attempt(subscription, notice);
      tried++;
    }
    if (attempt.fault().isEmpty()) {
      write(transaction -> transaction.notices().acknowledge(notice));
      meters.dispatched();
      return;
    }
    var reason = attempt.fault().get();
    var attempts = tried;
    var status = attempt.status();
    write(transaction ->
        transaction.notices().bury(notice, attempts, status, reason, clock.millis()));
    meters.failed();
    LOG.log(
        Level.WARNING,
        "gave up event {0} of subscription {1} after {2} attempts: {3}",
        notice.correlationId(),
        subscriptionId,
        attempts,
        reason);
  }

  private Attempt attempt(Subscription subscription, Notice notice) throws InterruptedException {
    var key = subscription.key();
    if (key == null) key = ownKey.orElse(null);
    if (key == null) {
      return new Attempt(
          0, Optional.of("this node has no secret of its own to sign with (approval.hmac-secret)"));
    }
    try {
      var message = Message.of(notice, key, clock.instant());
      var reply = sender.send(subscription.url(), message);
      return new Attempt(reply.status(), reply.fault(notice.correlationId()));
    } catch (Undelivered e) {
      return new Attempt(0, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  /// Writes down what became of an event, however busy the store is: else it would be sent again.
  private void write(Consumer<Transaction> change) throws InterruptedException {
    while (true) {
      try {
        var _ =
            store.write(transaction -> {
              change.accept(transaction);
              return true;
            });
        return;
      } catch (RequestFailure e) {
        LOG.log(Level.DEBUG, "what became of an event waits: {0}", e.getMessage());
        Thread.sleep(BUSY);
      }
    }
  }
}
