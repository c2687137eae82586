package dev.quorate.federation;

import dev.quorate.store.Position;
import dev.quorate.store.ReplicaStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps how far peers have confirmed, a few times a second and not for every answer: a position
/// that is lost in a crash costs some changes sent twice, and no more. Thread-safe.
final class Cursors implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Cursors.class.getName());
  private static final long KEEP_MILLIS = 500;

  private final ReplicaStore store;
  private final Map<String, Position> fresh = new HashMap<>();
  private final Pulse closing = new Pulse();
  private final Thread thread;

  Cursors(ReplicaStore store) {
    this.store = store;
    this.thread = Thread.ofVirtual().name("federation-cursors").start(this::run);
  }

  void moved(Position position) {
    synchronized (fresh) {
      fresh.put(position.peer(), position);
    }
  }

  private void run() {
    try {
      while (closing.beats() == 0) {
        closing.await(0, KEEP_MILLIS);
        keep();
      }
      keep();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep() {
    List<Position> moved;
    synchronized (fresh) {
      moved = List.copyOf(fresh.values());
      fresh.clear();
    }
    if (moved.isEmpty()) return;
    try {
      store.replicate(transaction -> {
        moved.forEach(transaction.peers()::pushed);
        return true;
      });
    } catch (RuntimeException e) {
      // Whatever it was: the next ones must be kept.
      LOG.log(Level.DEBUG, "positions of peers were not kept: {0}", e.getMessage());
    }
  }

  @Override
  public void close() {
    closing.beat();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
