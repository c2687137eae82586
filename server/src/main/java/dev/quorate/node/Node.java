package dev.quorate.node;

import dev.quorate.embedding.Model;
import dev.quorate.embedding.ModelStatus;
import dev.quorate.federation.Envelope;
import dev.quorate.federation.Federation;
import dev.quorate.federation.FederationMeters;
import dev.quorate.federation.HttpTransport;
import dev.quorate.federation.MeshRules;
import dev.quorate.federation.Presence;
import dev.quorate.federation.Transport;
import dev.quorate.feed.Feed;
import dev.quorate.http.Api;
import dev.quorate.http.Embedding;
import dev.quorate.http.Handlers;
import dev.quorate.http.transport.Access;
import dev.quorate.http.transport.HttpLimits;
import dev.quorate.http.transport.HttpServer;
import dev.quorate.http.transport.TlsOffer;
import dev.quorate.http.transport.key.KeyFile;
import dev.quorate.http.transport.key.KeyHash;
import dev.quorate.identity.CertificateAllowlist;
import dev.quorate.identity.InboundTls;
import dev.quorate.identity.NodeKey;
import dev.quorate.identity.NonceRow;
import dev.quorate.identity.NonceWindow;
import dev.quorate.identity.OutboundTls;
import dev.quorate.identity.PeerKeys;
import dev.quorate.identity.Signing;
import dev.quorate.identity.Verifier;
import dev.quorate.memories.Agents;
import dev.quorate.memories.Approving;
import dev.quorate.memories.Consolidating;
import dev.quorate.memories.Forgetting;
import dev.quorate.memories.Governing;
import dev.quorate.memories.Importing;
import dev.quorate.memories.Lifetimes;
import dev.quorate.memories.Linking;
import dev.quorate.memories.Messages;
import dev.quorate.memories.Quota;
import dev.quorate.memories.Recalling;
import dev.quorate.memories.Remembering;
import dev.quorate.memories.Serving;
import dev.quorate.memories.Standards;
import dev.quorate.memories.Subscribing;
import dev.quorate.memories.Sweeping;
import dev.quorate.memories.Touches;
import dev.quorate.metrics.Meters;
import dev.quorate.search.SearchIndex;
import dev.quorate.settings.HttpSettings;
import dev.quorate.settings.QuotaSettings;
import dev.quorate.settings.Settings;
import dev.quorate.settings.TlsSettings;
import dev.quorate.settings.TtlSettings;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import dev.quorate.subscriptions.AddressRule;
import dev.quorate.subscriptions.SigningKey;
import dev.quorate.vectors.FormerModel;
import dev.quorate.vectors.VectorMeters;
import dev.quorate.vectors.VectorWork;
import dev.quorate.webhooks.Webhooks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/// One running node. Its [#start] is the order in which a node comes to be, and [#close] undoes it
/// backwards.
public final class Node implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Node.class.getName());
  private static final String VERSION = version();

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final String id;
  private final URI address;

  private Node(Settings settings) {
    var clock = InstantSource.system();
    try {
      var directory = opened(DataDirectory.take(settings.data()));
      var key = directory.nodeKey();
      id = directory.nodeId(settings.nodeId(), key.publicKey());

      var readers = settings.store().readers(Runtime.getRuntime().availableProcessors());
      var replacedMax = settings.memory().replacedVersionsMax();
      var quota = quota(settings.quota());
      var options = new StoreOptions(readers, replacedMax, quota.isOn());
      var store = opened(SqliteStore.open(directory.path(), id, options, clock));
      var model = opened(Model.of(settings.embedding(), Node::warnOfModel));
      var search = directory.path().resolve("search");
      var indexed = SearchIndex.modelsIn(search);
      var running =
          (FormerModel.Running)
              (name, sample, why) -> Model.former(name, settings.embedding(), sample, why);
      var former = new FormerModel(model.name(), store, running).among(indexed);
      former.ifPresent(this::opened);
      // Without a model the index goes on with those it has, for whoever sets one again.
      var models = Stream.concat(Stream.of(model), former.stream()).map(Model::name).toList();
      var named = model.name().isEmpty() ? indexed : models;
      var index = opened(SearchIndex.open(search, store, clock, named));

      var lifetimes = lifetimes(settings.ttl());
      var touches = opened(new Touches(store, lifetimes, clock));
      var remembering = new Remembering(lifetimes, model);
      var forgetting = new Forgetting(lifetimes);
      var linking = new Linking(quota);

      var meters = new Meters();
      meters.gauge(
          "ai_memory_memories", "Live memories", () -> store.read(Snapshot::totals).total());
      meters.gauge("quorate_search_documents", "Memories in the index", index::documents);

      meters.gauge(
          "ai_memory_subscriptions_active",
          "Webhook subscriptions",
          () -> store.read(snapshot -> snapshot.subscriptions().size()));

      var keys = new PeerKeys(directory.path());
      var transport = opened(transport(settings.tls(), clock));
      var federation = opened(federation(settings, store, key, keys, transport, meters, clock));
      var absent = Duration.ofSeconds(settings.embedding().absentSecs());
      var presence = opened(new Presence(id, settings.federation().peers(), transport, absent));
      var vectors = opened(new VectorWork(store, model, presence::embedders, absent, clock));
      VectorMeters.add(meters, model, vectors);
      var serving = new Serving(model, former, () -> mostlyMade(index, vectors));
      var recalling = new Recalling(store, index, serving, touches);
      var gc = settings.gc();
      var sweeping =
          new Sweeping(store, recalling, forgetting, clock, gc.archiveOnGc(), gc.archiveMaxDays());
      opened(new Collector(sweeping, Duration.ofSeconds(gc.intervalSecs())));
      var nonces =
          NonceWindow.restore(
              store.read(snapshot -> snapshot.peers().nonces()).stream()
                  .map(row -> new NonceRow(row.peer(), row.key(), row.value()))
                  .toList());
      var verifier = verifier(settings, keys, nonces, clock);

      var agents = new Agents(remembering);
      var useCases =
          new Handlers.UseCases(
              remembering,
              forgetting,
              recalling,
              sweeping,
              linking,
              new Consolidating(lifetimes),
              new Importing(id, remembering, linking),
              new Governing(settings.governance().mode(), remembering, forgetting, quota),
              quota,
              new Approving(),
              new Standards(),
              agents,
              new Messages(store, lifetimes),
              new Subscribing(agents),
              touches);
      var feed = new Feed(store);
      var http = settings.http();
      var namespace = settings.memory().defaultNamespace();
      var handlers =
          Handlers.of(
              store,
              useCases,
              meters,
              clock,
              decisions(settings),
              webhookRule(settings),
              namespace,
              directory.scratch(),
              new Handlers.Mesh(federation, verifier, nonces, key.publicKey().text()),
              new Embedding(model, vectors, serving),
              // A wait that outlives the request's own time would end in 504.
              new Handlers.Following(feed, http.listenersMax(), http.requestTimeoutSecs() / 2),
              VERSION);
      opened(new Webhooks(store, webhookRule(settings), ownKey(settings), meters, clock));
      var tls = tls(settings.tls());
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
                          nanos),
                  tls.orElse(null)));
      // Before the server: whoever listens is let go, and does not use up the time to finish.
      opened(feed);
      var scheme = tls.isPresent() ? "https" : "http";
      address = URI.create("%s://%s:%d".formatted(scheme, inUri(http.host()), server.start()));
      federation.start();
      // The first seconds of a process are wanted for its first answers.
      model.start();
      former.ifPresent(Model::start);
      if (!(model.status() instanceof ModelStatus.Off)) presence.start();
      vectors.start();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private static void warnOfModel(String why) {
    LOG.log(
        System.Logger.Level.WARNING, "nothing is embedded or found by meaning for now: {0}", why);
  }

  /// Whether most memories can be found by vectors of the present model.
  private static boolean mostlyMade(SearchIndex index, VectorWork vectors) {
    return index.isComplete()
        && vectors.progress().filter(now -> now.done() >= now.pending()).isPresent();
  }

  private static Transport transport(TlsSettings tls, InstantSource clock) {
    var outbound =
        tls.caCert() == null && tls.clientCert() == null
            ? Optional.<SSLContext>empty()
            : Optional.of(OutboundTls.context(tls));
    return new HttpTransport(outbound, clock);
  }

  private static Federation federation(
      Settings settings,
      Store store,
      NodeKey key,
      PeerKeys keys,
      Transport transport,
      Meters meters,
      InstantSource clock) {
    var signing = new Signing(key);
    return new Federation(
        store,
        settings.federation(),
        new MeshRules(settings.gc().archiveOnGc()),
        transport,
        new Envelope() {
          @Override
          public Map<String, String> sign(byte[] body) {
            return headers(signing.body(body));
          }

          @Override
          public Map<String, String> signGet(String path, String rawQuery) {
            return headers(signing.get(path, rawQuery));
          }
        },
        (node, publicKey) ->
            keys.find(node)
                .map(known -> known.text().equals(publicKey))
                .orElse(settings.federation().admitUnsigned()),
        new FederationMeters(meters),
        clock);
  }

  private static Map<String, String> headers(Signing.Signed signed) {
    return Map.of(
        Signing.SIGNATURE_HEADER, signed.signature(), Signing.NONCE_HEADER, signed.nonce());
  }

  private static Verifier verifier(
      Settings settings, PeerKeys keys, NonceWindow nonces, InstantSource clock) {
    var federation = settings.federation();
    var allowed = settings.tls().clientAllowlist();
    return new Verifier(
        keys,
        allowed == null ? CertificateAllowlist.none() : CertificateAllowlist.read(allowed),
        nonces,
        new Verifier.Policy(
            federation.admitUnsigned(),
            federation.admitAnonymousPulls(),
            Duration.ofSeconds(federation.signatureWindowSecs())),
        clock);
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
        LOG.log(System.Logger.Level.WARNING, "a part of the node did not close", e);
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

  private static Quota quota(QuotaSettings settings) {
    return new Quota(settings.memoriesPerDay(), settings.storageBytes(), settings.linksPerDay());
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

  private static Optional<TlsOffer> tls(TlsSettings tls) {
    var asksForCertificates = tls.clientAllowlist() != null;
    return InboundTls.context(tls).map(context -> new TlsOffer(context, asksForCertificates));
  }

  private static Handlers.Decisions decisions(Settings settings) {
    var secret =
        Optional.ofNullable(settings.approval().hmacSecret())
            .map(set -> set.text().getBytes(StandardCharsets.UTF_8));
    return new Handlers.Decisions(
        secret, settings.approval().requireQuorateSignature(), settings.http().isLoopback());
  }

  private static AddressRule webhookRule(Settings settings) {
    return new AddressRule(settings.subscriptions().allowLoopback());
  }

  private static Optional<SigningKey> ownKey(Settings settings) {
    return Optional.ofNullable(settings.approval().hmacSecret())
        .map(secret -> SigningKey.ofSecret(secret.text()));
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
