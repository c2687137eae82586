package dev.quorate.settings;

import java.nio.file.Path;
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
    SubscriptionSettings subscriptions) {

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
        SubscriptionSettings.DEFAULT);
  }

  public Settings withHttp(HttpSettings newHttp) {
    return new Settings(
        data,
        nodeId,
        newHttp,
        store,
        memory,
        ttl,
        gc,
        federation,
        tls,
        approval,
        governance,
        embedding,
        subscriptions);
  }

  public Settings withNodeId(@Nullable String newNodeId) {
    return new Settings(
        data,
        newNodeId,
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
        subscriptions);
  }

  public Settings withFederation(FederationSettings newFederation) {
    return new Settings(
        data,
        nodeId,
        http,
        store,
        memory,
        ttl,
        gc,
        newFederation,
        tls,
        approval,
        governance,
        embedding,
        subscriptions);
  }

  public Settings withTls(TlsSettings newTls) {
    return new Settings(
        data,
        nodeId,
        http,
        store,
        memory,
        ttl,
        gc,
        federation,
        newTls,
        approval,
        governance,
        embedding,
        subscriptions);
  }

  public Settings withApproval(ApprovalSettings newApproval) {
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
        newApproval,
        governance,
        embedding,
        subscriptions);
  }

  public Settings withGovernance(GovernanceSettings newGovernance) {
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
        newGovernance,
        embedding,
        subscriptions);
  }

  public Settings withEmbedding(EmbeddingSettings newEmbedding) {
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
        newEmbedding,
        subscriptions);
  }

  public Settings withSubscriptions(SubscriptionSettings newSubscriptions) {
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
        newSubscriptions);
  }

  public Path keyFile() {
    return data.resolve(KEY_FILE);
  }
}
