package dev.quorate.http;

import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memories.Messages;
import dev.quorate.memories.Messages.Letter;
import dev.quorate.memories.Messages.Message;
import dev.quorate.memory.Rules;
import dev.quorate.time.Timestamps;
import tools.jackson.databind.node.ObjectNode;

/// Answers for messages between agents: notify, inbox.
final class MessageRoutes {
  private static final int INBOX_MAX = 500;

  private final Messages messages;
  private final Mutations mutations;

  MessageRoutes(Messages messages, Mutations mutations) {
    this.messages = messages;
    this.mutations = mutations;
  }

  Response notify(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var target = Rules.agentId(body.text("target_agent_id"));
    var namespace = Messages.namespace(target);
    var title = Rules.title(body.text("title"));
    var payload = body.optionalText("payload");
    var letter =
        new Letter(
            Requester.of(request, body.optionalText("agent_id")),
            target,
            title,
            Rules.content(payload == null ? body.text("content") : payload),
            Rules.priority(body.whole("priority", 5)),
            Rules.tier(body.text("tier", "mid")));
    return mutations.run(
        request,
        transaction -> {
          var delivered = messages.deliver(transaction, letter);
          var json = Json.object().put("id", delivered.id());
          json.put("from", letter.from()).put("to", target).put("namespace", namespace);
          json.put("tier", letter.tier().text());
          json.put("delivered_at", Timestamps.render(delivered.createdAt()));
          return Outcome.of(201, Json.text(json), delivered.id());
        });
  }

  Response inbox(Request request) {
    var parameters = Parameters.of(request);
    var agent = Requester.of(request, null);
    var unreadOnly = parameters.flag("unread_only");
    var limit = parameters.whole("limit", 50, 0, INBOX_MAX);
    var inbox =
        request.isHead()
            ? messages.look(agent, unreadOnly, limit, request::willAnswer)
            : messages.inbox(agent, unreadOnly, limit, request::willAnswer);
    var json = Json.object().put("agent_id", agent).put("namespace", Messages.namespace(agent));
    json.put("count", inbox.messages().size()).put("unread_only", unreadOnly);
    if (inbox.truncated()) json.put("truncated", true);
    var list = json.putArray("messages");
    inbox.messages().forEach(message -> list.add(row(message)));
    return Bodies.json(200, json);
  }

  private static ObjectNode row(Message message) {
    var memory = message.stored().memory();
    var row = Json.object().put("id", message.stored().id()).put("from", message.from());
    row.put("title", message.title()).put("payload", memory.content());
    row.put("priority", memory.priority()).put("tier", memory.tier().text());
    row.put("created_at", Timestamps.render(memory.createdAt()));
    return row.put("read", message.read()).put("access_count", message.stored().accessCount());
  }
}
