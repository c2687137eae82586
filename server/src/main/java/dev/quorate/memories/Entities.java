package dev.quorate.memories;

import dev.quorate.failure.RequestFailure.Conflict;
import dev.quorate.failure.RequestFailure.Forbidden;
import dev.quorate.json.Json;
import dev.quorate.memory.Body;
import dev.quorate.memory.EntityNames;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Provenance;
import dev.quorate.memory.Rules;
import dev.quorate.memory.Tier;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Transaction;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// People, places and things that memories speak of, each known by a name and its aliases. An
/// entity is a memory whose title is its name, and so replicates as one. Thread-safe; every method
/// runs inside a transaction or look of its caller.
///
/// Two nodes may register one entity at the same time, or add to it. The whole content of one wins,
/// as it does for every memory; but no alias is lost by that: an entity's aliases are those of the
/// content shown, of its twins, and of the contents that lost a merge, which every node keeps.
public final class Entities {
  /// How many memories that have or had one name are looked at.
  private static final int NAMED_MAX = 1_000;

  private static final String AGENT = "agent_id";

  private final Governing governing;

  public Entities(Governing governing) {
    this.governing = governing;
  }

  /// An entity as it is known.
  ///
  /// @param aliases every alias it was ever registered with, on any node
  public record Entity(
      String id, String name, String namespace, SequencedCollection<String> aliases) {}

  /// An entity that is to be known.
  ///
  /// @param metadata what else is known of it
  /// @param agent who says so
  public record Registration(
      String name, String namespace, List<String> aliases, ObjectNode metadata, String agent) {}

  /// An entity that was registered.
  ///
  /// @param created whether it was not known before
  public record Registered(Entity entity, boolean created) {}

  /// Makes an entity known, or adds aliases and metadata to it.
  ///
  /// @throws Conflict when the name is the title of a memory that is no entity
  /// @throws Forbidden when the policy of its namespace refuses to store it
  /// @throws dev.quorate.failure.RequestFailure.QuotaExceeded when it was not known and its agent
  ///   may store no more
  public Gated<Registered> register(Transaction transaction, Registration wanted) {
    var there = transaction.liveByTitle(wanted.namespace(), wanted.name());
    return there.isEmpty()
        ? first(transaction, wanted)
        : new Gated.Done<>(new Registered(again(transaction, there.get(), wanted), false));
  }

  private Gated<Registered> first(Transaction transaction, Registration wanted) {
    var aliases = new LinkedHashSet<>(wanted.aliases());
    var metadata = metadata(wanted.metadata(), aliases, wanted.agent());
    var draft =
        new Draft(
            wanted.name(),
            "The entity " + wanted.name(),
            Tier.LONG,
            wanted.namespace(),
            List.of(EntityNames.ENTITY),
            5,
            1.0,
            "api",
            null,
            null,
            metadata,
            Provenance.PLAIN);
    return switch (governing.store(transaction, draft, OnConflict.ERROR, wanted.agent())) {
      case Gated.Done<Memory>(var memory) -> {
        var entity = new Entity(memory.id(), memory.title(), memory.namespace(), aliases);
        yield new Gated.Done<>(new Registered(entity, true));
      }
      case Gated.Held<Memory>(var pending) -> new Gated.Held<>(pending);
    };
  }

  private static Entity again(Transaction transaction, StoredMemory there, Registration wanted) {
    var memory = there.memory();
    if (!EntityNames.isEntity(memory)) {
      throw new Conflict(
          "%s is the title of a memory that is no entity".formatted(Rules.quote(wanted.name())),
          Map.of("code", "CONFLICT", "existing_id", there.id()));
    }
    var aliases = aliases(transaction, there);
    aliases.addAll(wanted.aliases());
    var whole = (ObjectNode) Json.parse(memory.metadata());
    whole.setAll(wanted.metadata());
    var metadata = metadata(whole, aliases, memory.agentId());
    if (metadata.equals(memory.metadata())) transaction.found(there.id());
    else transaction.save(memory.withMetadata(metadata));
    return new Entity(there.id(), memory.title(), memory.namespace(), aliases);
  }

  private static String metadata(
      ObjectNode given, SequencedSet<String> aliases, @Nullable String agent) {
    var metadata = given.deepCopy();
    if (agent != null) metadata.put(AGENT, agent);
    metadata.put(EntityNames.KIND, EntityNames.ENTITY);
    JsonNode list = Json.mapper().valueToTree(aliases);
    metadata.set(EntityNames.ALIASES, list);
    return Rules.metadata(metadata, Json.canonical(metadata));
  }

  /// The entity that has this name or alias: of several, the one created first.
  ///
  /// @param namespace where to look, absent for everywhere
  public static Optional<Entity> named(Snapshot snapshot, String name, @Nullable String namespace) {
    return snapshot.entitiesNamed(name, NAMED_MAX).stream()
        .filter(stored -> namespace == null || stored.memory().namespace().equals(namespace))
        .filter(stored -> EntityNames.isEntity(stored.memory()))
        .filter(stored ->
            stored.memory().title().equals(name) || aliases(snapshot, stored).contains(name))
        .min(
            Comparator.comparing((StoredMemory stored) -> stored.memory().createdAt())
                .thenComparing(StoredMemory::id))
        .map(stored -> {
          var memory = stored.memory();
          return new Entity(
              stored.id(), memory.title(), memory.namespace(), aliases(snapshot, stored));
        });
  }

  private static SequencedSet<String> aliases(Snapshot snapshot, StoredMemory entity) {
    var aliases = EntityNames.aliases(entity.memory());
    for (var version : snapshot.history(entity.id()).reversed()) {
      if (version.lost()) aliases.addAll(EntityNames.aliases(Body.read(version.body())));
    }
    return aliases;
  }
}
