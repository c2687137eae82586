package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memories.Entities;
import dev.quorate.memories.Entities.Entity;
import dev.quorate.memories.Entities.Registered;
import dev.quorate.memories.Entities.Registration;
import dev.quorate.memories.Gated;
import dev.quorate.memory.Rules;
import dev.quorate.store.Store;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Answers for entities: register, find by a name.
final class EntityRoutes {
  private static final int ALIASES_MAX = 100;

  private final Store store;
  private final Entities entities;
  private final Mutations mutations;

  EntityRoutes(Store store, Entities entities, Mutations mutations) {
    this.store = store;
    this.entities = entities;
    this.mutations = mutations;
  }

  Response register(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var metadata = body.optionalObject("metadata");
    if (metadata != null) Drafts.checkScope(metadata);
    var registration =
        new Registration(
            Rules.title(body.text("canonical_name")),
            Rules.namespace(body.text("namespace")),
            aliases(body),
            metadata == null ? Json.object() : metadata,
            Requester.of(request, body.optionalText("agent_id")));
    return mutations.run(
        request,
        transaction ->
            switch (entities.register(transaction, registration)) {
              case Gated.Done<Registered>(var done) -> {
                var json = json(done.entity()).put("created", done.created());
                yield Outcome.of(done.created() ? 201 : 200, Json.text(json), done.entity().id());
              }
              case Gated.Held<Registered>(var pending) -> PendingRoutes.held(pending);
            });
  }

  private static List<String> aliases(Fields body) {
    var aliases = body.optionalTexts("aliases");
    if (aliases == null) return List.of();
    if (aliases.size() > ALIASES_MAX) {
      throw new Invalid(
          "at most %d aliases can be given at once: %d".formatted(ALIASES_MAX, aliases.size()));
    }
    return aliases.stream().map(alias -> Rules.title("alias", alias)).toList();
  }

  Response byAlias(Request request) {
    var parameters = Parameters.of(request);
    var alias = parameters.text("alias");
    if (alias == null) throw new Invalid("alias is required");
    var namespace = parameters.namespace("namespace");
    var name = Rules.title("alias", alias);
    var found = store.read(snapshot -> Entities.named(snapshot, name, namespace));
    var json = found.map(EntityRoutes::json).orElseGet(EntityRoutes::nothing);
    return Bodies.json(200, json.put("found", found.isPresent()));
  }

  private static ObjectNode json(Entity entity) {
    var json = Json.object().put("entity_id", entity.id());
    json.put("canonical_name", entity.name()).put("namespace", entity.namespace());
    var aliases = json.putArray("aliases");
    entity.aliases().forEach(aliases::add);
    return json;
  }

  private static ObjectNode nothing() {
    var json = Json.object();
    for (var name : List.of("entity_id", "canonical_name", "namespace", "aliases")) {
      json.putNull(name);
    }
    return json;
  }
}
