package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Forbidden;
import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.NotFound;
import dev.quorate.governance.Action;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memories.Approving;
import dev.quorate.memories.Approving.Approval;
import dev.quorate.memories.PendingRow;
import dev.quorate.memory.Body;
import dev.quorate.memory.Rules;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.PendingOutcome.State;
import dev.quorate.store.Store;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers for actions that await approval (api.md 2.2): list, approve, reject.
final class PendingRoutes {
  private static final int LIST_MAX = 1_000;

  private final Store store;
  private final Approving approving;
  private final ApprovalSignatures signatures;
  private final Mutations mutations;
  private final Retries retries;

  PendingRoutes(
      Store store,
      Approving approving,
      ApprovalSignatures signatures,
      Mutations mutations,
      Retries retries) {
    this.retries = retries;
    this.store = store;
    this.approving = approving;
    this.signatures = signatures;
    this.mutations = mutations;
  }

  /// What a request is answered with that is held until somebody approves it.
  static Outcome held(PendingAction pending) {
    var action = Action.read(pending.payload()).orElseThrow();
    var json = Json.object().put("status", "pending").put("pending_id", pending.id());
    json.put("reason", "governance requires approval");
    json.put("action", action.what().operation().text());
    switch (action.what()) {
      case Action.Store _ -> json.put("namespace", action.namespace());
      case Action.Delete(var id) -> json.put("memory_id", id);
      case Action.Promote(var id) -> json.put("memory_id", id);
    }
    return Outcome.of(202, Json.text(json));
  }

  Response list(Request request) {
    var parameters = Parameters.of(request);
    var status = state(parameters.text("status"));
    var namespace = parameters.namespace("namespace");
    var limit = parameters.whole("limit", 100, 0, LIST_MAX);
    var found =
        Lists.read(
            store,
            request,
            snapshot -> approving.list(snapshot, status, namespace, limit),
            Approving.Rows::bytes);
    return Lists.of(
        "pending", found.rows(), row -> Json.text(row(row)), Lists.truncated(found.truncated()));
  }

  private static @Nullable State state(@Nullable String text) {
    if (text == null) return null;
    for (var state : State.values()) {
      if (Approving.word(state).equals(text)) return state;
    }
    throw new Invalid(
        "status must be pending, approved, rejected or expired: " + Rules.quote(text));
  }

  /// A pending action as the list shows it.
  static ObjectNode row(PendingRow row) {
    var pending = row.pending();
    var outcome = row.outcome();
    var what = row.action().what();
    var json = Json.object();
    json.put("id", pending.id());
    json.put("action_type", what.operation().text());
    // What a store will make is nowhere yet.
    var hidden = what instanceof Action.Store && outcome.state() != State.APPROVED;
    json.put("memory_id", hidden ? null : what.memoryId());
    json.put("namespace", row.action().namespace());
    json.set("payload", payload(what));
    json.put("requested_by", row.action().requestedBy());
    json.put("requested_at", pending.stamp().timestamp());
    json.put("status", Approving.word(outcome.state()));
    var deciding = outcome.deciding();
    if (deciding != null) {
      json.put("decided_by", deciding.voter());
      json.put("decided_at", deciding.stamp().timestamp());
    }
    var approvals = json.putArray("approvals");
    for (var vote : outcome.approvals()) {
      approvals
          .addObject()
          .put("agent_id", vote.voter())
          .put("approved_at", vote.stamp().timestamp());
    }
    json.put("approvals_needed", pending.approvalsNeeded());
    if (!row.rejections().isEmpty()) {
      // Also where an approval on another node outweighs them: whoever rejected it sees that.
      var rejections = json.putArray("rejections");
      for (var vote : row.rejections()) {
        rejections
            .addObject()
            .put("agent_id", vote.voter())
            .put("rejected_at", vote.stamp().timestamp())
            .put("overruled", outcome.state() == State.APPROVED);
      }
    }
    return json;
  }

  private static JsonNode payload(Action.What what) {
    return switch (what) {
      case Action.Store store -> {
        var memory = (ObjectNode) Json.parse(Body.write(store.memory()));
        if (store.lifeSeconds() != null) memory.put("ttl_secs", store.lifeSeconds());
        yield memory;
      }
      case Action.Delete(var id) -> Json.object().put("memory_id", id);
      case Action.Promote(var id) -> Json.object().put("memory_id", id);
    };
  }

  Response approve(Request request) {
    var id = decided(request, "id");
    return approve(request, id, _ -> {});
  }

  Response reject(Request request) {
    var id = decided(request, "id");
    return reject(request, id, _ -> {});
  }

  /// Both in one, as the body says.
  Response decide(Request request) {
    var id = decided(request, "pending_id");
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var decision = body.text("decision");
    var remember = body.text("remember", "once");
    if (!remember.equals("once")) {
      throw new Invalid(
          "remember must be once, for decisions are not kept for later actions: "
              + Rules.quote(remember));
    }
    return switch (decision) {
      case "approve" -> approve(request, id, json -> json.put("remember", remember));
      case "deny" -> reject(request, id, json -> json.put("remember", remember));
      default -> throw new Invalid("decision must be approve or deny: " + Rules.quote(decision));
    };
  }

  /// The action that a request decides on, which it has to be entitled to.
  private String decided(Request request, String parameter) {
    var id = Rules.id(request.pathParameter(parameter));
    signatures.require(request, id);
    return id;
  }

  private Response approve(Request request, String id, Consumer<ObjectNode> more) {
    var agent = Requester.of(request);
    try {
      return mutations.run(
          request,
          transaction ->
              switch (approving.approve(transaction, id, agent)) {
                case Approval.Executed executed -> executed(id, agent, executed, more);
                case Approval.Counted counted -> counted(id, counted, more);
              });
    } catch (Forbidden e) {
      var executed = store.read(snapshot -> approving.executed(snapshot, id, agent));
      return retries
          .decided(id, executed.map(done -> executed(id, agent, done, more)))
          .orElseThrow(() -> e);
    }
  }

  private static Outcome executed(
      String id, String agent, Approval.Executed executed, Consumer<ObjectNode> more) {
    var json = Json.object().put("approved", true).put("id", id).put("decided_by", agent);
    json.put("executed", executed.done()).put("memory_id", executed.memoryId());
    more.accept(json);
    return Outcome.of(200, Json.text(json), executed.memoryId());
  }

  private static Outcome counted(String id, Approval.Counted counted, Consumer<ObjectNode> more) {
    var json = Json.object().put("approved", false).put("status", "pending").put("id", id);
    json.put("votes", counted.votes()).put("quorum", counted.needed());
    json.put("reason", "%d of %d approvals".formatted(counted.votes(), counted.needed()));
    more.accept(json);
    return Outcome.of(202, Json.text(json));
  }

  private Response reject(Request request, String id, Consumer<ObjectNode> more) {
    var agent = Requester.of(request);
    try {
      return mutations.run(
          request,
          transaction -> {
            approving.reject(transaction, id, agent);
            return rejected(id, agent, more);
          });
    } catch (NotFound e) {
      var same = store.read(snapshot -> approving.rejected(snapshot, id, agent));
      var outcome = same ? Optional.of(rejected(id, agent, more)) : Optional.<Outcome>empty();
      return retries.decided(id, outcome).orElseThrow(() -> e);
    }
  }

  private static Outcome rejected(String id, String agent, Consumer<ObjectNode> more) {
    var json = Json.object().put("rejected", true).put("id", id).put("decided_by", agent);
    more.accept(json);
    return Outcome.of(200, Json.text(json));
  }
}
