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

  private static final Duration ENDING = Duration.ofSeconds(2);

  private final Store store;
  private final Sender sender;
  private final Optional<SigningKey> ownKey;
  private final WebhookMeters meters;
  private final InstantSource clock;
  private final ConcurrentHashMap<String, Thread> lines = new ConcurrentHashMap<>();
  private final AtomicBoolean woken = new AtomicBoolean(true);
  private final Thread thread;
  private volatile boolean closing;

  /// Begins to send.
  ///
  /// @param ownKey what signs for subscribers that gave no secret, empty for none
  public Webhooks(
      Store store,
      AddressRule rule,
      Optional<SigningKey> ownKey,
      Meters meters,
      InstantSource clock) {
    this.store = store;
    this.sender = new Sender(NameLookup.SYSTEM, rule);
    this.ownKey = ownKey;
    this.meters = new WebhookMeters(meters);
    this.clock = clock;
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
    var line = new Line(id, store, sender, ownKey, meters, clock);
    return Thread.ofVirtual().name("webhook-" + id).start(() -> run(id, line));
  }

  private void run(String id, Line line) {
    try {
      line.run();
    } catch (InterruptedException _) {
      return;
    } catch (RuntimeException e) {
      // Taken up again at the next tick, not at once: it may be there to stay.
      LOG.log(Level.ERROR, "events of a subscription could not be sent", e);
      return;
    } finally {
      lines.remove(id);
    }
    // Something may have come after the last look of the line and before it was gone.
    wake();
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
