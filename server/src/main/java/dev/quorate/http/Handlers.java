package dev.quorate.http;

import dev.quorate.federation.Federation;
import dev.quorate.feed.Feed;
import dev.quorate.identity.NonceWindow;
import dev.quorate.identity.Verifier;
import dev.quorate.memories.Agents;
import dev.quorate.memories.Approving;
import dev.quorate.memories.Consolidating;
import dev.quorate.memories.Entities;
import dev.quorate.memories.Forgetting;
import dev.quorate.memories.Governing;
import dev.quorate.memories.Importing;
import dev.quorate.memories.Linking;
import dev.quorate.memories.Messages;
import dev.quorate.memories.Quota;
import dev.quorate.memories.Recalling;
import dev.quorate.memories.Remembering;
import dev.quorate.memories.Standards;
import dev.quorate.memories.Subscribing;
import dev.quorate.memories.Sweeping;
import dev.quorate.memories.Touches;
import dev.quorate.metrics.Meters;
import dev.quorate.store.Store;
import dev.quorate.subscriptions.AddressRule;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// What answers the routes, one part for each subject.
public record Handlers(
    MemoryRoutes memories,
    SearchRoutes search,
    LinkRoutes links,
    GraphRoutes graph,
    EntityRoutes entities,
    EvidenceRoutes evidence,
    DuplicateRoutes duplicates,
    SessionRoutes sessions,
    CapabilityRoutes capabilities,
    QuotaRoutes quotas,
    ArchiveRoutes archive,
    ConsolidateRoutes consolidate,
    TransferRoutes transfer,
    NamespaceRoutes namespaces,
    StandardRoutes standards,
    PendingRoutes pending,
    ApprovalRoutes approvals,
    AgentRoutes agents,
    MessageRoutes messages,
    SubscriptionRoutes subscriptions,
    ChangeRoutes changes,
    SyncRoutes sync,
    ClusterRoutes cluster,
    Freshness freshness,
    SystemRoutes system,
    EmbeddingRoutes embedding) {

  /// The use cases that the handlers call.
  public record UseCases(
      Remembering remembering,
      Forgetting forgetting,
      Recalling recalling,
      Sweeping sweeping,
      Linking linking,
      Consolidating consolidating,
      Importing importing,
      Governing governing,
      Quota quota,
      Approving approving,
      Standards standards,
      Agents agents,
      Messages messages,
      Subscribing subscribing,
      Touches touches) {}

  /// What the routes of the mesh need.
  public record Mesh(
      Federation federation, Verifier verifier, NonceWindow nonces, String publicKey) {}

  /// How the feed of changes is read.
  ///
  /// @param listenersMax how many may wait at once
  /// @param waitSecsMax how long one may wait
  public record Following(Feed feed, int listenersMax, int waitSecsMax) {}

  /// How decisions on pending actions are guarded.
  ///
  /// @param secret what they are signed with, empty for none
  /// @param wholeOnly whether only signatures count that cover the path and the agent
  /// @param loopback whether only programs on this machine reach the node: then, and only then, it
  ///   takes decisions without a secret
  public record Decisions(Optional<byte[]> secret, boolean wholeOnly, boolean loopback) {}

  /// The handlers of one node.
  public static Handlers of(
      Store store,
      UseCases use,
      Meters meters,
      InstantSource wallClock,
      Decisions decisions,
      AddressRule webhooks,
      String defaultNamespace,
      Path scratch,
      Mesh mesh,
      Embedding embedding,
      Following following,
      String version) {
    var receipts = new Receipts(store, mesh.federation());
    var mutations = new Mutations(store, mesh.federation(), receipts);
    var retries = new Retries(store, mesh.federation(), receipts);
    var consistency = new Consistency(mesh.federation());
    var rendering = new Rendering(use.touches());
    var signatures = new ApprovalSignatures(decisions, store, wallClock);
    var standards = new StandardRoutes(store, use.standards(), mutations);
    var listeners = new Listeners(following.listenersMax());
    var stream = new FeedStream(following.feed(), mesh.federation(), listeners);
    var drafts = new Drafts(wallClock, defaultNamespace);
    return new Handlers(
        new MemoryRoutes(
            store,
            use.remembering(),
            use.governing(),
            mutations,
            drafts,
            rendering,
            meters,
            retries,
            consistency,
            embedding),
        new SearchRoutes(
            store.nodeId(), use.recalling(), use.sweeping(), mutations, rendering, meters),
        new LinkRoutes(store, use.linking(), mutations),
        new GraphRoutes(store, use.linking(), mutations),
        new EntityRoutes(store, new Entities(use.governing()), mutations),
        new EvidenceRoutes(store, rendering),
        new DuplicateRoutes(store, use.recalling()),
        new SessionRoutes(store, rendering),
        new CapabilityRoutes(
            store,
            use.approving(),
            use.governing().mode(),
            use.quota(),
            embedding::meaning,
            version),
        new QuotaRoutes(store, use.quota()),
        new ArchiveRoutes(store, use.forgetting(), use.sweeping(), mutations, rendering, retries),
        new ConsolidateRoutes(use.consolidating(), mutations, retries, defaultNamespace),
        new TransferRoutes(store, use.importing(), mutations, rendering, wallClock, scratch),
        new NamespaceRoutes(store, standards),
        standards,
        new PendingRoutes(store, use.approving(), signatures, mutations, retries),
        new ApprovalRoutes(store, stream),
        new AgentRoutes(store, use.agents(), mutations),
        new MessageRoutes(use.messages(), mutations),
        new SubscriptionRoutes(
            store, use.subscribing(), mutations, webhooks, decisions.secret().isPresent()),
        new ChangeRoutes(
            following.feed(),
            stream,
            listeners,
            new ChangeText(store.nodeId(), rendering),
            following.waitSecsMax()),
        new SyncRoutes(store, mesh.federation(), mesh.verifier(), mesh.nonces()),
        new ClusterRoutes(store, mesh.federation(), receipts),
        new Freshness(mesh.federation()),
        new SystemRoutes(
            store,
            use.sweeping(),
            mutations,
            meters,
            mesh.publicKey(),
            mesh.federation(),
            embedding,
            version),
        new EmbeddingRoutes(embedding, mutations));
  }
}
