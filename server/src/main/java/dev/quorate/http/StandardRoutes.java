package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.governance.Policy;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memories.Standards;
import dev.quorate.memories.StandardsInForce;
import dev.quorate.memories.StandardsInForce.Standard;
import dev.quorate.memory.Rules;
import dev.quorate.merge.StandardRegister;
import dev.quorate.store.Store;
import dev.quorate.store.StoredMemory;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers for the standards of namespaces (api.md 2.1): get, set, clear.
final class StandardRoutes {
  private final Store store;
  private final Standards standards;
  private final Mutations mutations;

  StandardRoutes(Store store, Standards standards, Mutations mutations) {
    this.store = store;
    this.standards = standards;
    this.mutations = mutations;
  }

  Response get(Request request) {
    return get(request, inPath(request));
  }

  Response get(Request request, String namespace) {
    var inherit = Parameters.of(request).flag("inherit");
    return Bodies.json(200, inherit ? layers(namespace) : own(namespace));
  }

  /// What a look finds of a namespace's own standard.
  private record Found(Optional<StandardRegister> register, Optional<StoredMemory> memory) {}

  private JsonNode own(String namespace) {
    var found =
        store.read(snapshot -> {
          var register = snapshot.standard(namespace).filter(set -> set.standardId() != null);
          return new Found(register, register.flatMap(set -> snapshot.memory(id(set))));
        });
    var json = Json.object().put("namespace", namespace);
    if (found.register().isEmpty()) return json.putNull("standard_id");
    var register = found.register().get();
    if (found.memory().isEmpty()) {
      json.put("standard_id", id(register));
      return json.put("warning", "the standard has no effect: its memory is not here");
    }
    var memory = found.memory().get();
    if (!memory.live()) {
      json.put("standard_id", memory.id());
      return json.put("warning", "the standard has no effect: its memory is archived");
    }
    var shown = standard(new Standard(namespace, memory, register.parent()));
    if (!shown.has("governance")) shown.set("governance", Policy.DEFAULT.json());
    return shown;
  }

  private JsonNode layers(String namespace) {
    record Layers(List<String> chain, List<Standard> standards) {}
    var layers =
        store.read(snapshot -> {
          var chain = StandardsInForce.chain(snapshot, namespace);
          return new Layers(chain, StandardsInForce.along(snapshot, chain));
        });
    var json = Json.object().put("namespace", namespace);
    var chain = json.putArray("chain");
    layers.chain().forEach(chain::add);
    var list = json.putArray("standards");
    layers.standards().forEach(standard -> list.add(standard(standard)));
    return json.put("count", layers.standards().size());
  }

  private static ObjectNode standard(Standard standard) {
    var memory = standard.memory().memory();
    var json = Json.object().put("namespace", standard.namespace());
    json.put("standard_id", standard.memory().id());
    json.put("title", memory.title());
    json.put("content", memory.content());
    json.put("priority", memory.priority());
    if (standard.parent() != null) json.put("parent", standard.parent());
    var metadata = Json.parse(memory.metadata());
    Policy.in(metadata)
        .ifPresent(policy -> {
          // What is not of this program's business in a policy is shown as it stands.
          var governance = policy.json();
          metadata.get("governance").forEachEntry(governance::set);
          json.set("governance", governance);
        });
    return json;
  }

  private static String id(StandardRegister register) {
    var id = register.standardId();
    if (id == null) throw new IllegalStateException("the standard was cleared");
    return id;
  }

  Response set(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    return set(request, Rules.namespace(body.text("namespace")), body);
  }

  Response setInPath(Request request) {
    var namespace = inPath(request);
    return set(request, namespace, Fields.of(request.json(), Strictness.FRAMEWORK));
  }

  private Response set(Request request, String namespace, Fields body) {
    var standard = body.optionalObject("standard");
    var inner = standard == null ? body : Fields.of(standard, Strictness.FRAMEWORK);
    var id = either(inner.optionalText("id"), body.optionalText("id"));
    var parent = either(inner.optionalText("parent"), body.optionalText("parent"));
    var own = inner.optionalObject("governance");
    var governance = own == null ? body.optionalObject("governance") : own;
    var setting =
        new Standards.Setting(
            namespace,
            id == null ? null : Rules.id(id),
            parent == null ? null : Rules.namespace(parent),
            governance);
    return mutations.run(
        request,
        transaction -> {
          var done = standards.set(transaction, setting);
          var json = Json.object().put("set", true).put("namespace", namespace);
          json.put("standard_id", done.standardId());
          if (done.parent() != null) json.put("parent", done.parent());
          if (governance != null) json.set("governance", governance);
          return Outcome.of(201, Json.text(json), done.standardId());
        });
  }

  Response clear(Request request) {
    var namespace = Parameters.of(request).namespace("namespace");
    if (namespace == null) throw new Invalid("namespace is required");
    return clear(request, namespace);
  }

  Response clearInPath(Request request) {
    return clear(request, inPath(request));
  }

  private Response clear(Request request, String namespace) {
    return mutations.run(
        request,
        transaction -> {
          var cleared = standards.clear(transaction, namespace);
          var json = Json.object().put("cleared", cleared).put("namespace", namespace);
          return Outcome.of(200, Json.text(json));
        });
  }

  private static String inPath(Request request) {
    return Rules.namespace(request.pathParameter("ns"));
  }

  private static @Nullable String either(@Nullable String first, @Nullable String second) {
    return first != null ? first : second;
  }
}
