package dev.quorate.governance;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Json;
import dev.quorate.memory.Rules;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Whose approval an action needs (api.md 2.2). It is copied into the action when that is
/// requested.
public sealed interface Approver {
  /// The most votes that a consensus may need.
  int VOTES_MAX = 100;

  /// Anybody.
  record Human() implements Approver {}

  /// One agent.
  record Agent(String id) implements Approver {}

  /// So many different registered agents.
  record Consensus(int votes) implements Approver {}

  /// How many approvals it takes.
  default int votesNeeded() {
    return switch (this) {
      case Human _, Agent _ -> 1;
      case Consensus(var votes) -> votes;
    };
  }

  /// Under which name a vote counts: members of a consensus are told apart without regard to case.
  default String voter(String agentId) {
    return switch (this) {
      case Human _, Agent _ -> agentId;
      case Consensus _ -> agentId.toLowerCase(Locale.ROOT);
    };
  }

  /// Why the approval of this agent does not count; empty when it does.
  default Optional<String> refusal(String agentId, Predicate<String> registered) {
    return switch (this) {
      case Human _ -> Optional.empty();
      case Agent(var id) ->
          id.equals(agentId)
              ? Optional.empty()
              : Optional.of(
                  "only the agent %s may approve it, not %s"
                      .formatted(Rules.quote(id), Rules.quote(agentId)));
      case Consensus _ ->
          registered.test(agentId) || registered.test(agentId.toLowerCase(Locale.ROOT))
              ? Optional.empty()
              : Optional.of(
                  "only registered agents may vote, and %s is none"
                      .formatted(Rules.quote(agentId)));
    };
  }

  default JsonNode json() {
    return switch (this) {
      case Human _ -> Json.mapper().getNodeFactory().stringNode("human");
      case Agent(var id) -> Json.object().put("agent", id);
      case Consensus(var votes) -> Json.object().put("consensus", votes);
    };
  }

  /// Reads what [#json] renders.
  ///
  /// @throws Invalid when it is none of the three
  static Approver read(JsonNode json) {
    if (json.isString() && json.asString().equals("human")) return new Human();
    if (json.isObject() && json.size() == 1) {
      var agent = json.path("agent");
      if (agent.isString()) return new Agent(Rules.agentId(agent.asString()));
      var votes = json.path("consensus");
      if (votes.isIntegralNumber() && votes.canConvertToLong()) {
        if (votes.asLong() < 1 || votes.asLong() > VOTES_MAX) {
          throw new Invalid(
              "governance.approver.consensus must be 1..%d: %d"
                  .formatted(VOTES_MAX, votes.asLong()));
        }
        return new Consensus(votes.asInt());
      }
    }
    throw new Invalid(
        "governance.approver must be \"human\", {\"agent\": an agent id} or {\"consensus\": a number}");
  }
}
