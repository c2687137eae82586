package dev.quorate.governance;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Json;
import dev.quorate.memory.Body;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Rules;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What somebody asked for and what is done once it is approved: the payload of a pending action.
/// Everything that decides the outcome stands in it, so that it comes out the same on every node.
///
/// @param approver whose approval it needs, as the policy was when it was requested
public record Action(What what, String namespace, String requestedBy, Approver approver) {
  /// What is to be done.
  public sealed interface What {
    /// The memory that it is about: the one it makes, deletes or promotes.
    String memoryId();

    Operation operation();
  }

  /// A memory is to be stored.
  ///
  /// @param memory under the id it will have
  /// @param lifeSeconds how long it lasts from the approval on; absent when the memory says itself
  ///   when it expires, if it does
  public record Store(Memory memory, @Nullable Long lifeSeconds) implements What {
    public Store {
      // A time that no clock reaches could not be added to that of the approval.
      if (lifeSeconds != null) Rules.ttlSeconds(lifeSeconds);
    }

    @Override
    public String memoryId() {
      return memory.id();
    }

    @Override
    public Operation operation() {
      return Operation.STORE;
    }

    /// The memory as it is when it was approved at this time.
    public Memory approvedAt(Instant time) {
      return lifeSeconds == null ? memory : memory.withExpiry(time.plusSeconds(lifeSeconds));
    }
  }

  /// A memory is to be deleted.
  public record Delete(String memoryId) implements What {
    @Override
    public Operation operation() {
      return Operation.DELETE;
    }
  }

  /// A memory is to become long-term, without expiry.
  public record Promote(String memoryId) implements What {
    @Override
    public Operation operation() {
      return Operation.PROMOTE;
    }
  }

  /// The canonical JSON of the action.
  public String payload() {
    var json = Json.object();
    json.put("action", what.operation().text());
    json.put("namespace", namespace);
    json.put("requested_by", requestedBy);
    json.set("approver", approver.json());
    switch (what) {
      case Store store -> {
        json.set("memory", Json.parse(Body.write(store.memory)));
        if (store.lifeSeconds != null) json.put("life_secs", store.lifeSeconds);
      }
      case Delete(var id) -> json.put("memory_id", id);
      case Promote(var id) -> json.put("memory_id", id);
    }
    return Json.canonical(json);
  }

  /// Reads what [#payload] wrote; empty for anything else, such as an action that only a later
  /// version knows.
  public static Optional<Action> read(String payload) {
    try {
      if (!(Json.parse(payload) instanceof ObjectNode json)) return Optional.empty();
      return what(json)
          .map(what ->
              new Action(
                  what,
                  text(json, "namespace"),
                  text(json, "requested_by"),
                  Approver.read(json.path("approver"))));
    } catch (RuntimeException _) {
      // It may come from anywhere, and a body is read as one that keeps the rules: whatever is
      // wrong with this one, there is nothing that could be done for it.
      return Optional.empty();
    }
  }

  /// What of a payload that came from elsewhere breaks a rule, in one sentence. An action that only
  /// a later version knows breaks none: it is kept, and nothing is done for it here.
  public static Optional<String> flaw(String payload) {
    try {
      var life = Json.parse(payload).path("life_secs");
      if (life.isMissingNode()) return Optional.empty();
      if (!life.isIntegralNumber() || !life.canConvertToLong()) {
        return Optional.of("life_secs must be a whole number of seconds");
      }
      Rules.ttlSeconds(life.asLong());
      return Optional.empty();
    } catch (Invalid e) {
      return Optional.of(String.valueOf(e.getMessage()).replace("ttl_secs", "life_secs"));
    } catch (RuntimeException _) {
      return Optional.of("the payload is not JSON");
    }
  }

  private static Optional<What> what(ObjectNode json) {
    return switch (json.path("action").asString()) {
      case "store" -> {
        var life = json.get("life_secs");
        var memory = Body.read(Json.canonical(json.path("memory")));
        yield Optional.of(new Store(memory, life == null ? null : life.asLong()));
      }
      case "delete" -> Optional.of(new Delete(text(json, "memory_id")));
      case "promote" -> Optional.of(new Promote(text(json, "memory_id")));
      default -> Optional.empty();
    };
  }

  private static String text(JsonNode json, String name) {
    return Objects.requireNonNull(json.get(name), name).asString();
  }
}
