package dev.quorate.wire;

import dev.quorate.json.Json;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Vote;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A pending action as ai-memory's `PendingAction`, derived from its payload as `governance.Action`
/// writes it.
final class PendingElement {
  static final Set<String> ACTION_TYPES = Set.of("store", "delete", "promote", "reflect");

  private PendingElement() {}

  /// Empty when the payload lacks what is mandatory there, or has another shape.
  static Optional<String> of(PendingAction action) {
    return of(action, List.of());
  }

  /// The same with those who have approved it so far.
  static Optional<String> of(PendingAction action, List<Vote> approvals) {
    JsonNode payload;
    try {
      payload = Json.parse(action.payload());
    } catch (JacksonException _) {
      return Optional.empty();
    }
    var type = text(payload.get("action"));
    var namespace = text(payload.get("namespace"));
    var requestedBy = text(payload.get("requested_by"));
    var inner = payload.get("memory") == null ? Json.object() : payload.get("memory");
    if (type == null || !ACTION_TYPES.contains(type)) return Optional.empty();
    if (namespace == null || requestedBy == null) return Optional.empty();
    var memoryId = text(payload.get("memory_id"));
    return Optional.of(
        new ObjectText()
            .text("action_type", type)
            .json("approvals", approvals(approvals))
            .text("id", action.id())
            .json("memory_id", memoryId == null ? "null" : ObjectText.quote(memoryId))
            .text("namespace", namespace)
            .json("payload", Json.canonical(inner))
            .text("requested_at", action.stamp().timestamp())
            .text("requested_by", requestedBy)
            .text("status", "pending")
            .end());
  }

  private static String approvals(List<Vote> approvals) {
    return approvals.stream()
        .map(vote ->
            new ObjectText()
                .text("agent_id", vote.voter())
                .text("approved_at", vote.stamp().timestamp())
                .end())
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static @Nullable String text(@Nullable JsonNode value) {
    return value != null && value.isString() ? value.asString() : null;
  }
}
