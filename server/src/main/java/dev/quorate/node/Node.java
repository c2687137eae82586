package dev.quorate.node;

import dev.quorate.http.Api;
import dev.quorate.http.Handlers;
import dev.quorate.http.transport.Access;
import dev.quorate.http.transport.HttpLimits;
import dev.quorate.http.transport.HttpServer;
import dev.quorate.http.transport.key.KeyFile;
import dev.quorate.http.transport.key.KeyHash;
import dev.quorate.memories.Consolidating;
import dev.quorate.memories.Forgetting;
import dev.quorate.memories.Importing;
import dev.quorate.memories.Lifetimes;
import dev.quorate.memories.Linking;
import dev.quorate.memories.Recalling;
import dev.quorate.memories.Remembering;
import dev.quorate.memories.Sweeping;
import dev.quorate.memories.Touches;
import dev.quorate.metrics.Meters;
import dev.quorate.search.SearchIndex;
import dev.quorate.settings.HttpSettings;
import dev.quorate.settings.Settings;
import dev.quorate.settings.TtlSettings;
import dev.quorate.store.Snapshot;
import dev.quorate.store.sqlite.SqliteStore;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.concurrent.CountDownLatch;

/// One running node. Its [#start] is the order in which a node comes to be, and [#close] undoes it
/// backwards.
public final class Node implements AutoCloseable {
  private static final String VERSION = version();

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final String id;
  private final URI address;

  private Node(Settings settings) {
    var clock = InstantSource.system();
    try {
      var directory = opened(DataDirectory.take(settings.data()));
      id = directory.nodeId(settings.nodeId());

      var readers = settings.store().readers(Runtime.getRuntime().availableProcessors());
      var replacedMax = settings.memory().replacedVersionsMax();
      var store = opened(SqliteStore.open(directory.path(), id, readers, replacedMax, clock));
      var index = opened(SearchIndex.open(directory.path().resolve("search"), store, clock));

      var lifetimes = lifetimes(settings.ttl());
      var touches = opened(new Touches(store, lifetimes, clock));
      var remembering = new Remembering(lifetimes);
      var forgetting = new Forgetting(lifetimes);
      var recalling = new Recalling(store, index, touches);
      var linking = new Linking();
      var gc = settings.gc();
      var sweeping =
          new Sweeping(store, recalling, forgetting, clock, gc.archiveOnGc(), gc.archiveMaxDays());
      opened(new Collector(sweeping, Duration.ofSeconds(gc.intervalSecs())));

      var meters = new Meters();
      meters.gauge(
          "ai_memory_memories", "Live memories", () -> store.read(Snapshot::totals).total());
      meters.gauge("quorate_search_documents", "Memories in the index", index::documents);

      var useCases =
          new Handlers.UseCases(
              remembering,
              forgetting,
              recalling,
              sweeping,
              linking,
              new Consolidating(lifetimes),
              new Importing(id, remembering, linking),
              touches);
      var namespace = settings.memory().defaultNamespace();
      var handlers =
          Handlers.of(store, useCases, meters, clock, namespace, directory.scratch(), VERSION);
      var http = settings.http();
      var server =
          opened(
              new HttpServer(
                  http.host(),
                  http.port(),
                  limits(http),
                  Api.routes(handlers, VERSION),
                  access(settings),
                  (route, status, nanos) ->
                      meters.served(
                          route == null ? "none" : route.method().name(),
                          route == null ? "none" : route.path(),
                          status,
                          nanos)));
      address = URI.create("http://%s:%d".formatted(inUri(http.host()), server.start()));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /// Starts a node and returns when it answers requests.
  ///
  /// @throws dev.quorate.failure.NodeFailure when it cannot serve; nothing of it is left running
  public static Node start(Settings settings) {
    return new Node(settings);
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  public String id() {
    return id;
  }

  /// Where it is reached.
  public URI address() {
    return address;
  }

  public static String programVersion() {
    return VERSION;
  }

  /// Waits until the node has been closed.
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /// Stops taking requests, lets those under way finish for a bounded time, writes down what is in
  /// memory only, and gives the data directory back.
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        System.getLogger(Node.class.getName())
            .log(System.Logger.Level.WARNING, "a part of the node did not close", e);
      }
    }
    ended.countDown();
  }

  private static Lifetimes lifetimes(TtlSettings ttl) {
    return new Lifetimes(
        Duration.ofSeconds(ttl.shortSecs()),
        Duration.ofSeconds(ttl.midSecs()),
        Duration.ofSeconds(ttl.longSecs()),
        Duration.ofSeconds(ttl.extendShortSecs()),
        Duration.ofSeconds(ttl.extendMidSecs()));
  }

  private static HttpLimits limits(HttpSettings http) {
    var usual = HttpLimits.defaults();
    return new HttpLimits(
        usual.bodyBytesMax(),
        usual.requestLineBytesMax(),
        usual.headerBytesMax(),
        Duration.ofSeconds(http.receiveTimeoutSecs()).toMillis(),
        Duration.ofSeconds(http.requestTimeoutSecs()).toMillis(),
        usual.sendMillis(),
        Duration.ofSeconds(http.idleTimeoutSecs()).toMillis(),
        Duration.ofSeconds(http.shutdownGraceSecs()).toMillis(),
        http.requestsMax(),
        usual.connectionsMax());
  }

  private static Access access(Settings settings) {
    var keys = new HashSet<KeyHash>(new KeyFile(settings.keyFile()).hashes());
    var set = settings.http().apiKey();
    if (set != null) keys.add(KeyHash.of(set.text()));
    return keys.isEmpty() ? Access.open() : Access.keys(keys);
  }

  private static String inUri(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private static String version() {
    var version = Node.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
