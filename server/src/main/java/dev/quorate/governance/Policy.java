package dev.quorate.governance;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Json;
import dev.quorate.memory.Rules;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a namespace asks of those who store, delete and promote in it: `metadata.governance` of its
/// standard (api.md 2.2).
///
/// @param inherit is kept and shown; it changes nothing, for the nearest policy always rules alone
public record Policy(Level write, Level promote, Level delete, Approver approver, boolean inherit) {
  /// What a standard shows that says nothing of governance.
  public static final Policy DEFAULT =
      new Policy(Level.ANY, Level.ANY, Level.OWNER, new Approver.Human(), true);

  public Level level(Operation operation) {
    return switch (operation) {
      case STORE -> write;
      case DELETE -> delete;
      case PROMOTE -> promote;
    };
  }

  /// What becomes of an operation under this policy.
  ///
  /// @param owner who owns what it is about, absent when nobody is known to
  /// @param registered whether the requester is a registered agent
  public Verdict judge(
      Operation operation, String requester, boolean registered, @Nullable String owner) {
    return switch (level(operation)) {
      case ANY -> new Verdict.Allowed();
      case REGISTERED ->
          registered
              ? new Verdict.Allowed()
              : new Verdict.Denied(
                  "it needs a registered agent, and %s is none".formatted(Rules.quote(requester)));
      case OWNER -> {
        if (owner == null) yield new Verdict.Denied("only its owner may, and no owner is known");
        yield owner.equals(requester)
            ? new Verdict.Allowed()
            : new Verdict.Denied(
                "only its owner %s may, not %s"
                    .formatted(Rules.quote(owner), Rules.quote(requester)));
      }
      case APPROVE -> new Verdict.Held(approver);
    };
  }

  /// Reads the `governance` of a standard; members that it does not know are left to others.
  ///
  /// @throws Invalid when `write` is missing, or a member has a value that it cannot have
  public static Policy read(JsonNode json) {
    if (!json.isObject()) throw new Invalid("governance must be an object");
    var write = level(json, "write");
    if (write == null) throw new Invalid("governance.write is missing");
    var promote = level(json, "promote");
    var delete = level(json, "delete");
    var approver = json.get("approver");
    var inherit = json.get("inherit");
    if (inherit != null && !inherit.isBoolean()) {
      throw new Invalid("governance.inherit must be true or false");
    }
    return new Policy(
        write,
        promote == null ? DEFAULT.promote : promote,
        delete == null ? DEFAULT.delete : delete,
        approver == null ? DEFAULT.approver : Approver.read(approver),
        inherit == null || inherit.asBoolean());
  }

  /// The policy in a standard's metadata; empty when there is none, or none that can be read.
  public static Optional<Policy> in(JsonNode metadata) {
    var json = metadata.get("governance");
    if (json == null) return Optional.empty();
    try {
      return Optional.of(read(json));
    } catch (Invalid _) {
      return Optional.empty();
    }
  }

  public ObjectNode json() {
    var json = Json.object();
    json.put("write", write.text());
    json.put("promote", promote.text());
    json.put("delete", delete.text());
    json.set("approver", approver.json());
    return json.put("inherit", inherit);
  }

  private static @Nullable Level level(JsonNode json, String name) {
    var value = json.get(name);
    if (value == null) return null;
    return Level.of(value.isString() ? value.asString() : "")
        .orElseThrow(() ->
            new Invalid(
                "governance.%s must be %s: %s"
                    .formatted(
                        name,
                        Arrays.stream(Level.values())
                            .map(Level::text)
                            .collect(Collectors.joining(", ")),
                        Rules.shown(value.toString()))));
  }
}
