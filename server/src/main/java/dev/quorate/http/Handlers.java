package dev.quorate.http;

import dev.quorate.memories.Consolidating;
import dev.quorate.memories.Forgetting;
import dev.quorate.memories.Importing;
import dev.quorate.memories.Linking;
import dev.quorate.memories.Recalling;
import dev.quorate.memories.Remembering;
import dev.quorate.memories.Sweeping;
import dev.quorate.memories.Touches;
import dev.quorate.metrics.Meters;
import dev.quorate.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;

/// What answers the routes, one part for each subject.
public record Handlers(
    MemoryRoutes memories,
    SearchRoutes search,
    LinkRoutes links,
    ArchiveRoutes archive,
    ConsolidateRoutes consolidate,
    TransferRoutes transfer,
    NamespaceRoutes namespaces,
    SystemRoutes system) {

  /// The use cases that the handlers call.
  public record UseCases(
      Remembering remembering,
      Forgetting forgetting,
      Recalling recalling,
      Sweeping sweeping,
      Linking linking,
      Consolidating consolidating,
      Importing importing,
      Touches touches) {}

  public static Handlers of(
      Store store,
      UseCases use,
      Meters meters,
      InstantSource wallClock,
      String defaultNamespace,
      Path scratch,
      String version) {
    var mutations = new Mutations(store);
    var rendering = new Rendering(use.touches());
    var drafts = new Drafts(wallClock, defaultNamespace);
    return new Handlers(
        new MemoryRoutes(
            store, use.remembering(), use.forgetting(), mutations, drafts, rendering, meters),
        new SearchRoutes(use.recalling(), use.sweeping(), mutations, rendering, meters),
        new LinkRoutes(store, use.linking(), mutations),
        new ArchiveRoutes(store, use.forgetting(), use.sweeping(), mutations, rendering),
        new ConsolidateRoutes(use.consolidating(), mutations, defaultNamespace),
        new TransferRoutes(store, use.importing(), mutations, rendering, wallClock, scratch),
        new NamespaceRoutes(store),
        new SystemRoutes(store, use.sweeping(), mutations, meters, version));
  }
}
