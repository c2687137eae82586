package dev.quorate.settings;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Everything that an operator can choose about one node. Immutable; shows no secret.
///
/// @param data the directory of everything that the node keeps, absolute
/// @param nodeId what the node is called in stamps and by its peers; absent to let it choose
public record Settings(
    Path data,
    @Nullable String nodeId,
    HttpSettings http,
    StoreSettings store,
    MemorySettings memory,
    TtlSettings ttl,
    GcSettings gc,
    FederationSettings federation,
    TlsSettings tls,
    ApprovalSettings approval,
    GovernanceSettings governance,
    EmbeddingSettings embedding,
    SubscriptionSettings subscriptions,
    QuotaSettings quota) {

  /// The file of API key hashes in the data directory.
  public static final String KEY_FILE = "api-keys";

  /// The file that a running node holds locked in its data directory.
  public static final String LOCK_FILE = "lock";

  public Settings {
    if (nodeId != null) NodeName.check("node-id", nodeId);
  }

  /// Every setting at its default, in this data directory.
  public static Settings defaults(Path data) {
    return new Settings(
        data.toAbsolutePath().normalize(),
        null,
        HttpSettings.DEFAULT,
        StoreSettings.DEFAULT,
        MemorySettings.DEFAULT,
        TtlSettings.DEFAULT,
        GcSettings.DEFAULT,
        FederationSettings.DEFAULT,
        TlsSettings.DEFAULT,
        ApprovalSettings.DEFAULT,
        GovernanceSettings.DEFAULT,
        EmbeddingSettings.DEFAULT,
        SubscriptionSettings.DEFAULT,
        QuotaSettings.DEFAULT);
  }

  public Settings withHttp(HttpSettings newHttp) {
    return with(parts -> parts.http = newHttp);
  }

  public Settings withNodeId(@Nullable String newNodeId) {
    return with(parts -> parts.nodeId = newNodeId);
  }

  public Settings withFederation(FederationSettings newFederation) {
    return with(parts -> parts.federation = newFederation);
  }

  public Settings withTls(TlsSettings newTls) {
    return with(parts -> parts.tls = newTls);
  }

  public Settings withApproval(ApprovalSettings newApproval) {
    return with(parts -> parts.approval = newApproval);
  }

  public Settings withGovernance(GovernanceSettings newGovernance) {
    return with(parts -> parts.governance = newGovernance);
  }

  public Settings withEmbedding(EmbeddingSettings newEmbedding) {
    return with(parts -> parts.embedding = newEmbedding);
  }

  public Settings withSubscriptions(SubscriptionSettings newSubscriptions) {
    return with(parts -> parts.subscriptions = newSubscriptions);
  }

  public Settings withQuota(QuotaSettings newQuota) {
    return with(parts -> parts.quota = newQuota);
  }

  private Settings with(Consumer<Parts> change) {
    var parts = new Parts(this);
    change.accept(parts);
    return parts.settings();
  }

  public Path keyFile() {
    return data.resolve(KEY_FILE);
  }

  /// All of them, on the way to settings that differ in some.
  private static final class Parts {
    private final Path data;
    private @Nullable String nodeId;
    private HttpSettings http;
    private final StoreSettings store;
    private final MemorySettings memory;
    private final TtlSettings ttl;
    private final GcSettings gc;
    private FederationSettings federation;
    private TlsSettings tls;
    private ApprovalSettings approval;
    private GovernanceSettings governance;
    private EmbeddingSettings embedding;
    private SubscriptionSettings subscriptions;
    private QuotaSettings quota;

    Parts(Settings settings) {
      data = settings.data;
      nodeId = settings.nodeId;
      http = settings.http;
      store = settings.store;
      memory = settings.memory;
      ttl = settings.ttl;
      gc = settings.gc;
      federation = settings.federation;
      tls = settings.tls;
      approval = settings.approval;
      governance = settings.governance;
      embedding = settings.embedding;
      subscriptions = settings.subscriptions;
      quota = settings.quota;
    }

    Settings settings() {
      return new Settings(
          data,
          nodeId,
          http,
          store,
          memory,
          ttl,
          gc,
          federation,
          tls,
          approval,
          governance,
          embedding,
          subscriptions,
          quota);
    }
  }
}
