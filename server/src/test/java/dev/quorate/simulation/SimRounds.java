package dev.quorate.simulation;

import dev.quorate.federation.Paging;
import dev.quorate.federation.Prepared;
import dev.quorate.merge.Digest;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.simulation.Network.Answer;
import dev.quorate.store.RegisterName;
import dev.quorate.store.ReplicaSnapshot;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Frame;
import dev.quorate.wire.Protocol;
import dev.quorate.wire.PullPage;
import dev.quorate.wire.PullRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Reads from one peer what this node lacks, on its return and at intervals, and compares digests.
final class SimRounds {
  private static final long LOOK_MILLIS = 1_000;
  private static final long COMPARE_MILLIS = 60_000;
  private static final int BUCKETS_MAX = 16;
  private static final long NEVER = Long.MIN_VALUE / 2;

  private final SimNode node;
  private final SimNode peer;
  private final SimLink link;
  private final Simulation world;
  private final Set<Identity> known = new HashSet<>();
  private long pulledAt = NEVER;
  private long comparedAt;
  private boolean busy;

  SimRounds(SimNode node, SimNode peer, SimLink link, Simulation world) {
    this.node = node;
    this.peer = peer;
    this.link = link;
    this.world = world;
    this.comparedAt = world.timeline().now();
  }

  void start() {
    node.after(
        LOOK_MILLIS,
        () -> {
          look();
          start();
        });
  }

  /// Begins what is due.
  void look() {
    if (link.identity().isEmpty()) {
      known.clear();
      return;
    }
    if (busy) return;
    var now = world.timeline().now();
    var identity = link.identity().get();
    var due = now - pulledAt >= world.conditions().catchupMillis();
    if (world.conduct().catchesUp() && (due || known.add(identity))) {
      pulledAt = now;
      busy = true;
      pull(identity);
    } else if (world.conditions().repairs() && now - comparedAt >= COMPARE_MILLIS) {
      comparedAt = now;
      busy = true;
      compare();
    }
  }

  private void pull(Identity identity) {
    var now = Instant.ofEpochMilli(node.wall());
    var asked = node.store().look(look -> node.paging().request(look, identity, now));
    var request = world.conditions().throughBytes() ? PullRequest.read(asked.write()) : asked;
    world
        .network()
        .<PullPage>call(
            node,
            peer,
            (to, reply) -> serve(to, request, reply),
            answer -> {
              if (!(answer instanceof Answer.Given(var page))) {
                busy = false;
                return;
              }
              if (!page.frame().epoch().equals(identity.epoch())) {
                busy = false;
                link.stranger(page.frame().epoch());
                return;
              }
              node.submit(
                  transaction -> node.paging().take(transaction, identity, page),
                  written -> {
                    node.paging().committed(written.value());
                    if (written.value().held() || page.frame().complete()) {
                      busy = false;
                    } else {
                      pull(identity);
                    }
                  });
            });
  }

  private void serve(SimNode to, PullRequest request, Consumer<Answer<PullPage>> reply) {
    if (refused(to, reply)) return;
    var page = to.store().look(look -> Paging.page(look, to.store().epoch(), to.reader(), request));
    var batch = page.prepared().batch();
    var frame = frame(to, batch.after(), batch.upTo(), batch.complete());
    reply.accept(
        new Answer.Given<>(
            Message.page(frame, page.held(), page.prepared(), world.conditions().throughBytes())));
  }

  private static <T> boolean refused(SimNode to, Consumer<Answer<T>> reply) {
    to.refusing.ifPresent(refusing -> reply.accept(new Answer.None<>(refusing.apply(to.wall()))));
    return to.refusing.isPresent();
  }

  private static Frame frame(SimNode to, long after, long upTo, boolean complete) {
    var now = Timestamps.render(Instant.ofEpochMilli(to.wall()));
    return new Frame(Protocol.VERSION, to.id(), to.store().epoch(), after, upTo, complete, now);
  }

  private void compare() {
    world
        .network()
        .<Digest>call(
            node,
            peer,
            (to, reply) -> {
              if (!refused(to, reply)) {
                reply.accept(new Answer.Given<>(to.store().look(ReplicaSnapshot::digest)));
              }
            },
            answer -> {
              if (!(answer instanceof Answer.Given(var theirs))) {
                busy = false;
                return;
              }
              var own = node.store().look(ReplicaSnapshot::digest);
              var different = new ArrayList<Integer>();
              for (var bucket = 0; bucket < Digest.BUCKETS; bucket++) {
                if (different.size() == BUCKETS_MAX) break;
                if (!own.text(bucket).equals(theirs.text(bucket))) different.add(bucket);
              }
              fetch(different);
            });
  }

  private void fetch(List<Integer> buckets) {
    if (buckets.isEmpty()) {
      busy = false;
      return;
    }
    var bucket = buckets.removeFirst();
    var here = new HashSet<>(node.store().look(look -> look.buckets(Set.of(bucket))));
    world
        .network()
        .<PullPage>call(
            node,
            peer,
            (to, reply) -> {
              if (!refused(to, reply)) reply.accept(new Answer.Given<>(lacking(to, bucket, here)));
            },
            answer -> {
              if (!(answer instanceof Answer.Given(var page))) {
                busy = false;
                return;
              }
              node.submit(
                  transaction -> node.receiving().adopt(transaction, peer.id(), page.arrivals()),
                  _ -> fetch(buckets));
            });
  }

  private PullPage lacking(SimNode to, int bucket, Set<RegisterName> there) {
    Prepared prepared =
        to.store()
            .look(look -> {
              var lacking =
                  look.buckets(Set.of(bucket)).stream()
                      .filter(name -> !there.contains(name))
                      .toList();
              return to.reader().of(look, lacking);
            });
    var frame = frame(to, 0, 0, false);
    return Message.page(frame, List.of(), prepared, world.conditions().throughBytes());
  }
}
