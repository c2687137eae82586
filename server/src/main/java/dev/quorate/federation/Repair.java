package dev.quorate.federation;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Json;
import dev.quorate.merge.Digest;
import dev.quorate.merge.Hash;
import dev.quorate.merge.Lane;
import dev.quorate.store.RegisterName;
import dev.quorate.store.ReplicaSnapshot;
import dev.quorate.store.ReplicaStore;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Item;
import dev.quorate.wire.Protocol;
import dev.quorate.wire.PullPage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Compares digests with a peer, and takes from it what differs. Push and catch-up should leave
/// nothing to find. Thread-safe.
final class Repair {
  private static final Logger LOG = System.getLogger(Repair.class.getName());

  /// Where digests are compared, and where registers are asked for.
  static final String DIGEST_PATH = "/api/v1/sync/digest";

  static final String FETCH_PATH = "/api/v1/sync/fetch";

  /// How many buckets one round looks into, on both sides in one reading of all names.
  private static final int BUCKETS_MAX = 16;

  /// How many names a request may have, unless one bucket alone has more.
  private static final int NAMES_MAX = 5_000;

  /// What is younger may still be on its way by push.
  private static final long ON_ITS_WAY_MILLIS = 60_000;

  private final ReplicaStore store;
  private final Receiving receiving;
  private final Asking asking;
  private final FederationMeters meters;
  private final InstantSource wallClock;

  /// The bucket at which the next round begins.
  private final AtomicInteger next = new AtomicInteger();

  Repair(
      ReplicaStore store,
      Receiving receiving,
      Asking asking,
      FederationMeters meters,
      InstantSource wallClock) {
    this.store = store;
    this.receiving = receiving;
    this.asking = asking;
    this.meters = meters;
    this.wallClock = wallClock;
  }

  /// What a comparison found.
  ///
  /// @param equal whether both hold the same
  /// @param taken how many registers were taken from the peer
  record Finding(boolean equal, int taken) {}

  /// Compares with a peer and takes what differs, as far as one round goes. Empty when the peer
  /// could not be asked.
  Optional<Finding> compare(Peer peer) {
    var own = store.look(ReplicaSnapshot::digest);
    var request = request();
    request.put("root", own.root().toString());
    var answer = asking.ask(peer, DIGEST_PATH, Json.utf8(request));
    if (answer.isEmpty()) return Optional.empty();
    var theirs = Json.parse(answer.get());
    if (theirs.path("root").asString("").equals(own.root().toString())) {
      return Optional.of(new Finding(true, 0));
    }
    var different = new ArrayList<Integer>();
    var sums = theirs.path("buckets");
    // What cannot be taken must not hide what is behind it, so each round goes on from the last.
    var from = next.get();
    for (var step = 0; step < Digest.BUCKETS && different.size() < BUCKETS_MAX; step++) {
      var bucket = (from + step) % Digest.BUCKETS;
      if (!sums.path(bucket).asString("").equals(own.text(bucket))) different.add(bucket);
    }
    if (different.isEmpty()) return Optional.of(new Finding(false, 0));
    return take(peer, different).map(taken -> new Finding(false, taken));
  }

  /// Takes what the peer has otherwise in these buckets, or in the first of them that go into one
  /// request. Returns how much changed something here.
  private Optional<Integer> take(Peer peer, List<Integer> different) {
    var wanted = Set.copyOf(different);
    var here =
        store.look(snapshot -> snapshot.buckets(wanted)).stream()
            .collect(Collectors.groupingBy(name -> Digest.bucket(name.lane(), name.key())));
    var request = request();
    var buckets = request.putArray("buckets");
    var names = request.putArray("names");
    for (var bucket : different) {
      var some = here.getOrDefault(bucket, List.of());
      if (!buckets.isEmpty() && names.size() + some.size() > NAMES_MAX) break;
      buckets.add(bucket);
      for (var name : some) {
        names.addArray().add(name.lane().code()).add(name.key()).add(name.hash().toString());
      }
      next.set((bucket + 1) % Digest.BUCKETS);
    }
    return fetch(peer, request);
  }

  /// Takes these registers from the peer, whatever is here. Returns how many changed something
  /// here; empty when the peer could not be asked.
  Optional<Integer> fetch(Peer peer, List<RegisterName> wanted) {
    var request = request();
    var names = request.putArray("names");
    for (var name : wanted) names.addArray().add(name.lane().code()).add(name.key());
    return fetch(peer, request);
  }

  private Optional<Integer> fetch(Peer peer, ObjectNode request) {
    var answer = asking.ask(peer, FETCH_PATH, Json.utf8(request));
    if (answer.isEmpty()) return Optional.empty();
    var page = PullPage.read(answer.get());
    // Adopted: the others may lack it as this node did.
    var adopted = page.arrivals();
    var report =
        store.replicate(transaction -> receiving.adopt(transaction, page.frame().node(), adopted));
    if (report.applied() > 0) found(peer, adopted, report.applied());
    return Optional.of(report.applied());
  }

  private void found(Peer peer, List<Arrival> arrivals, int applied) {
    var before = wallClock.millis() - ON_ITS_WAY_MILLIS;
    var old =
        (int)
            arrivals.stream()
                .filter(Arrival.Stamped.class::isInstance)
                .map(arrival -> ((Arrival.Stamped) arrival).item())
                .map(Item::register)
                .filter(register -> register.stamp().millis() < before)
                .count();
    var defects = Math.min(old, applied);
    if (defects == 0) return;
    meters.foundByRepair(defects);
    LOG.log(
        Level.WARNING,
        "repair took {0} registers from {1} that push and catch-up had not brought",
        defects,
        peer.name());
  }

  private ObjectNode request() {
    var request = Json.object();
    request.put("sender_agent_id", store.nodeId());
    var quorate = request.putObject("quorate");
    quorate.put("version", Protocol.VERSION);
    quorate.put("epoch", store.epoch());
    quorate.put("sent_at", Timestamps.render(wallClock.instant()));
    return request;
  }

  /// Answers a comparison.
  static byte[] serveDigest(ReplicaStore store, JsonNode request) {
    var own = store.look(ReplicaSnapshot::digest);
    var answer = Json.object();
    answer.put("node", store.nodeId());
    answer.put("epoch", store.epoch());
    answer.put("root", own.root().toString());
    if (!request.path("root").asString("").equals(own.root().toString())) {
      var buckets = answer.putArray("buckets");
      for (var bucket = 0; bucket < Digest.BUCKETS; bucket++) buckets.add(own.text(bucket));
    }
    return Json.utf8(answer);
  }

  /// Answers a request for registers: those named, or with buckets those of them that the asking
  /// node did not name with the same hash.
  ///
  /// @throws Invalid when the request is malformed
  static byte[] serveFetch(
      ReplicaStore store, BatchReader reader, JsonNode request, InstantSource wallClock) {
    var buckets = buckets(request.path("buckets"));
    var names = names(request.path("names"), !buckets.isEmpty());
    return store.look(snapshot -> {
      var wanted =
          buckets.isEmpty() ? names : lacking(snapshot.buckets(buckets), new HashSet<>(names));
      var some = wanted.subList(0, Math.min(wanted.size(), Protocol.ITEMS_MAX));
      var prepared = reader.of(snapshot, some);
      var frame = Pages.frame(store, 0, 0, false, wallClock.instant());
      return PullPage.write(frame, List.of(), prepared.items());
    });
  }

  private static Set<Integer> buckets(JsonNode list) {
    var buckets = new HashSet<Integer>();
    for (var entry : list) {
      var bucket = entry.asInt(-1);
      if (bucket < 0 || bucket >= Digest.BUCKETS) {
        throw new Invalid("buckets must be 0..%d: %d".formatted(Digest.BUCKETS - 1, bucket));
      }
      buckets.add(bucket);
    }
    return buckets;
  }

  private static List<RegisterName> lacking(List<RegisterName> here, Set<RegisterName> there) {
    return here.stream().filter(name -> !there.contains(name)).toList();
  }

  private static List<RegisterName> names(JsonNode list, boolean hashed) {
    var names = new ArrayList<RegisterName>();
    for (var entry : list) {
      try {
        var hash =
            hashed ? Hash.ofBytes(HexFormat.of().parseHex(entry.path(2).asString(""))) : Hash.NONE;
        names.add(
            new RegisterName(Lane.of(entry.path(0).asInt(0)), entry.path(1).asString(""), hash));
      } catch (IllegalArgumentException _) {
        throw new Invalid("names must be lists of a lane, a key and a hash");
      }
    }
    return names;
  }
}
