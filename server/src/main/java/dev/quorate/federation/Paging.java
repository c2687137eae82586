package dev.quorate.federation;

import dev.quorate.replication.PeerState;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.store.Origin;
import dev.quorate.store.Position;
import dev.quorate.store.ReplicaSnapshot;
import dev.quorate.store.ReplicaTransaction;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Held;
import dev.quorate.wire.Protocol;
import dev.quorate.wire.PullPage;
import dev.quorate.wire.PullRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What a page of catch-up asks for, holds and changes, without the way it travels. Thread-safe.
public final class Paging {
  private static final Logger LOG = System.getLogger(Paging.class.getName());

  private final String node;
  private final String epoch;
  private final Receiving receiving;

  /// Where reading goes on, by peer, once something could not be taken. On disk the position stays
  /// before it: the next start meets it again, and until then nothing is said to be complete.
  private final Map<String, Position> beyond = new ConcurrentHashMap<>();

  /// Pages for the store of this node in this epoch.
  public Paging(String node, String epoch, Receiving receiving) {
    this.node = node;
    this.epoch = epoch;
    this.receiving = receiving;
  }

  /// Asks for what follows the place up to where the peer was read.
  public PullRequest request(ReplicaSnapshot snapshot, Identity peer, Instant now) {
    var position =
        beyond(peer)
            .or(() ->
                snapshot.peers().pulled(peer.node()).filter(at -> at.epoch().equals(peer.epoch())));
    var held = new ArrayList<Held>();
    held.add(new Held(node, epoch, snapshot.changes().lastSequence()));
    held.addAll(held(snapshot));
    return new PullRequest(
        Protocol.VERSION,
        node,
        epoch,
        Timestamps.render(now),
        peer.epoch(),
        position.map(Position::sequence).orElse(0L),
        Protocol.ITEMS_MAX,
        held);
  }

  private Optional<Position> beyond(Identity peer) {
    return Optional.ofNullable(beyond.get(peer.node()))
        .filter(at -> at.epoch().equals(peer.epoch()));
  }

  /// What answers a request.
  ///
  /// @param held what the serving node holds of others
  public record Page(Prepared prepared, List<Held> held) {}

  /// Reads a page for another node.
  ///
  /// @param epoch of the store that is read
  public static Page page(
      ReplicaSnapshot snapshot, String epoch, BatchReader reader, PullRequest request) {
    var after = request.epoch().equals(epoch) ? request.after() : 0;
    var holds =
        request.held().stream()
            .map(held -> new Origin(held.node(), held.epoch(), held.sequence()))
            .toList();
    return new Page(reader.page(snapshot, after, request.limit(), holds), held(snapshot));
  }

  private static List<Held> held(ReplicaSnapshot snapshot) {
    return snapshot.peers().holdings().stream()
        .map(origin -> new Held(origin.node(), origin.epoch(), origin.sequence()))
        .toList();
  }

  /// What became of a page.
  ///
  /// @param held whether something has to wait, so that there is no point in going on now
  /// @param beyond where reading goes on without a word on disk, for something was left out
  public record Taken(long applied, boolean held, Optional<Position> beyond) {}

  /// Takes in a page; [#committed] is to be told when that is on disk.
  public Taken take(ReplicaTransaction transaction, Identity peer, PullPage page) {
    var report = receiving.take(transaction, peer.node(), page.arrivals(), Optional.empty());
    var waits = report.skipped().stream().anyMatch(s -> s.reason().equals(PeerState.CLOCK_AHEAD));
    for (var skip : report.skipped()) {
      if (skip.reason().equals(PeerState.CLOCK_AHEAD)) continue;
      LOG.log(
          Level.WARNING,
          "{0} serves an item that cannot be taken ({1}): {2}",
          peer.node(),
          skip.list(),
          skip.reason());
    }
    // What is ahead of this node's clock must be met again when its time has come.
    if (waits) return new Taken(report.applied(), true, Optional.empty());
    var frame = page.frame();
    var position = new Position(peer.node(), frame.epoch(), frame.upTo());
    if (!report.skipped().isEmpty() || beyond(peer).isPresent()) {
      return new Taken(report.applied(), false, Optional.of(position));
    }
    transaction.peers().pulled(position);
    if (frame.complete()) {
      transaction.peers().hold(new Origin(frame.node(), frame.epoch(), frame.upTo()));
      for (var held : page.held()) {
        if (held.node().equals(node)) continue;
        transaction.peers().hold(new Origin(held.node(), held.epoch(), held.sequence()));
      }
    }
    return new Taken(report.applied(), false, Optional.empty());
  }

  /// What was taken in is on disk.
  public void committed(Taken taken) {
    taken.beyond().ifPresent(position -> beyond.put(position.peer(), position));
  }
}
