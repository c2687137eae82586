package dev.quorate.webhooks;

import dev.quorate.metrics.Meters;
import dev.quorate.store.Store;
import dev.quorate.subscriptions.AddressRule;
import dev.quorate.subscriptions.NameLookup;
import dev.quorate.subscriptions.SigningKey;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Tells subscribers of the events of changes that this node made. What waits is in the store,
/// written with the change, so that an event of a change that was answered is sent at least once,
/// whatever becomes of the node in between. Each subscription has a line and a thread of its own
/// while events wait for it: none waits for another.
public final class Webhooks implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Webhooks.class.getName());

  /// At most so often is looked for what waits, however often something comes.
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /// What nobody woke this for is found after so long.
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(5);

  /// For how long a subscription is left alone whose events cannot be sent, for a reason that may
  /// be there to stay.
  private static final Duration STUCK = Duration.ofSeconds(5);

  private static final Duration ENDING = Duration.ofSeconds(2);

  private final Store store;
  private final Sender sender;
  private final Lines lineOf;
  private final ConcurrentHashMap<String, Thread> lines = new ConcurrentHashMap<>();
  private final AtomicBoolean woken = new AtomicBoolean(true);
  private final Thread thread;
  private volatile boolean closing;

  /// What sends the events of a subscription.
  @FunctionalInterface
  interface Lines {
    Line of(String subscriptionId);
  }

  /// Begins to send.
  ///
  /// @param ownKey what signs for subscribers that gave no secret, empty for none
  public Webhooks(
      Store store,
      AddressRule rule,
      Optional<SigningKey> ownKey,
      Meters meters,
      InstantSource clock) {
    var sender = new Sender(NameLookup.SYSTEM, rule);
    var counted = new WebhookMeters(meters);
    this(store, sender, id -> new Line(id, store, sender, ownKey, counted, clock));
  }

  /// @param sender is closed with this
  Webhooks(Store store, Sender sender, Lines lineOf) {
    this.store = store;
    this.sender = sender;
    this.lineOf = lineOf;
    this.thread = Thread.ofPlatform().name("webhooks").daemon().start(this::watch);
    store.onNotice(this::wake);
  }

  /// Looks for what waits; returns at once.
  private void wake() {
    if (!woken.getAndSet(true)) LockSupport.unpark(thread);
  }

  private void watch() {
    while (!closing) {
      if (!woken.getAndSet(false)) LockSupport.parkNanos(TICK_NANOS);
      if (closing) return;
      try {
        var waiting = store.read(snapshot -> snapshot.notices().subscriptionsWaiting());
        for (var id : waiting) lines.computeIfAbsent(id, this::begin);
      } catch (RuntimeException e) {
        // Whatever it is, the next look must come.
        LOG.log(Level.DEBUG, "could not look for events", e);
      }
      LockSupport.parkNanos(REST_NANOS);
    }
  }

  private Thread begin(String id) {
    var line = lineOf.of(id);
    return Thread.ofVirtual().name("webhook-" + id).start(() -> run(id, line));
  }

  private void run(String id, Line line) {
    try {
      // It keeps its place meanwhile: events of others must not have it begin again and again.
      if (!sent(line)) Thread.sleep(STUCK);
    } catch (InterruptedException _) {
      return;
    } finally {
      lines.remove(id);
    }
    // Something may have come after the last look of the line and before it was gone.
    wake();
  }

  /// Whether all that waited was sent.
  private static boolean sent(Line line) throws InterruptedException {
    try {
      return line.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "events of a subscription could not be sent", e);
      return false;
    }
  }

  /// Stops sending. An event that was not acknowledged is sent after the next start.
  @Override
  public void close() throws IOException {
    closing = true;
    LockSupport.unpark(thread);
    var left = List.copyOf(lines.values());
    left.forEach(Thread::interrupt);
    try {
      thread.join(ENDING);
      for (var line : left) {
        if (!line.join(ENDING)) LOG.log(Level.WARNING, "a webhook did not end in time");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      sender.close();
    }
  }
}
