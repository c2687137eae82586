package dev.quorate.federation;

import dev.quorate.json.Json;
import dev.quorate.settings.PeerSettings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Which nodes of the mesh are there, and with what each makes vectors: every replica is asked who
/// it is from time to time, and gone when it has not answered for long. Thread-safe.
public final class Presence implements AutoCloseable {
  /// In what a node says of itself: the model that it makes vectors with now, empty for none.
  public static final String EMBEDDER = "embedder";

  private static final Logger LOG = System.getLogger(Presence.class.getName());

  /// How many questions fit into the time after which a silent node counts as gone.
  private static final int QUESTIONS = 4;

  private static final Duration BETWEEN_MAX = Duration.ofSeconds(15);
  private static final long TIMEOUT_MILLIS_MAX = 5_000;

  private final String self;
  private final Transport transport;
  private final Duration absent;
  private final Duration between;
  private final List<Peer> replicas;
  private final Map<String, Heard> heardByNode = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  private record Heard(long nanos, String embedder) {}

  /// @param absent how long a node is silent before it counts as gone
  public Presence(String self, List<PeerSettings> peers, Transport transport, Duration absent) {
    this.self = self;
    this.transport = transport;
    this.absent = absent;
    var between = absent.dividedBy(QUESTIONS);
    this.between = between.compareTo(BETWEEN_MAX) > 0 ? BETWEEN_MAX : between;
    this.replicas = peers.stream().map(Peer::of).filter(Peer::replica).toList();
  }

  public void start() {
    for (var peer : replicas) {
      threads.add(Thread.ofVirtual().name("presence " + peer.name()).start(() -> run(peer)));
    }
  }

  private void run(Peer peer) {
    try {
      do {
        ask(peer);
      } while (!closed.await(between.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(Peer peer) {
    try {
      var timeout = Math.min(absent.toMillis(), TIMEOUT_MILLIS_MAX);
      var headers = peer.headers(self, Map.of());
      var reply = transport.exchange(peer.at(Greeting.PATH), headers, new byte[0], timeout);
      if (!Classifying.success(reply)) return;
      var body = Json.parse(reply.body());
      var node = body.path("node").asString("");
      if (node.isEmpty()) return;
      heardByNode.put(node, new Heard(System.nanoTime(), body.path(EMBEDDER).asString("")));
    } catch (Transport.Lost e) {
      LOG.log(Level.DEBUG, "{0} does not say who it is: {1}", peer.name(), e.why());
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "{0} does not say who it is: {1}", peer.name(), e.toString());
    }
  }

  /// The replicas that answered lately, and the model that each makes vectors with: empty for none.
  public Map<String, String> embedders() {
    var now = System.nanoTime();
    var embedders = new TreeMap<String, String>();
    heardByNode.forEach((node, heard) -> {
      if (now - heard.nanos() < absent.toNanos()) embedders.put(node, heard.embedder());
    });
    return embedders;
  }

  @Override
  public void close() {
    closed.countDown();
    threads.forEach(Thread::interrupt);
  }
}
