package dev.quorate.http;

import dev.quorate.failure.RequestFailure;
import dev.quorate.failure.RequestFailure.Conflict;
import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.NotFound;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memories.Draft;
import dev.quorate.memories.Gated;
import dev.quorate.memories.Governing;
import dev.quorate.memories.Lookup;
import dev.quorate.memories.MemoryLinks;
import dev.quorate.memories.OnConflict;
import dev.quorate.memories.Remembering;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Rules;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.metrics.Meters;
import dev.quorate.store.ListQuery;
import dev.quorate.store.PageEnd;
import dev.quorate.store.Store;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Transaction;
import dev.quorate.store.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers for memories: store, list, get, update, delete, promote, bulk, history.
final class MemoryRoutes {
  static final int BULK_MAX = 1_000;
  static final int LIST_MAX = 1_000;

  private final Store store;
  private final Remembering remembering;
  private final Governing governing;
  private final Mutations mutations;
  private final Drafts drafts;
  private final Rendering rendering;
  private final Meters meters;
  private final Retries retries;
  private final Consistency consistency;
  private final Embedding embedding;

  MemoryRoutes(
      Store store,
      Remembering remembering,
      Governing governing,
      Mutations mutations,
      Drafts drafts,
      Rendering rendering,
      Meters meters,
      Retries retries,
      Consistency consistency,
      Embedding embedding) {
    this.store = store;
    this.remembering = remembering;
    this.governing = governing;
    this.mutations = mutations;
    this.drafts = drafts;
    this.rendering = rendering;
    this.meters = meters;
    this.retries = retries;
    this.consistency = consistency;
    this.embedding = embedding;
  }

  Response create(Request request) {
    var body = Fields.of(Bodies.tidy(request), Strictness.TIDY);
    var agentId =
        Drafts.agentId(
            body.optionalText("agent_id"),
            body.optionalObject("metadata"),
            request.header("X-Agent-Id"));
    var draft = drafts.draft(body, agentId);
    var onConflict = drafts.onConflict(body);
    try {
      var response =
          mutations.run(
              request,
              transaction ->
                  switch (governing.store(transaction, draft, onConflict, agentId)) {
                    case Gated.Done<Memory>(var memory) -> created(memory);
                    case Gated.Held<Memory>(var pending) -> PendingRoutes.held(pending);
                  });
      meters.stored(draft.tier().text(), response.status() == 202 ? "held" : "stored");
      return response;
    } catch (Conflict e) {
      var again =
          onConflict == OnConflict.ERROR
              ? retries.stored(e, draft, () -> created(existing(e)))
              : Optional.<Response>empty();
      if (again.isPresent()) return again.get();
      meters.stored(draft.tier().text(), "refused");
      throw e;
    } catch (RequestFailure e) {
      meters.stored(draft.tier().text(), "refused");
      throw e;
    }
  }

  private Memory existing(Conflict conflict) {
    var id = String.valueOf(conflict.details().get("existing_id"));
    return store.read(snapshot -> snapshot.memory(id)).orElseThrow(() -> conflict).memory();
  }

  private Outcome created(Memory memory) {
    var agent = memory.agentId();
    var json =
        "{\"id\":"
            + Rendering.quote(memory.id())
            + ",\"tier\":"
            + Rendering.quote(memory.tier().text())
            + ",\"namespace\":"
            + Rendering.quote(memory.namespace())
            + ",\"title\":"
            + Rendering.quote(memory.title())
            + ",\"agent_id\":"
            + (agent == null ? "null" : Rendering.quote(agent))
            + embedding.members(memory)
            + "}";
    return Outcome.of(201, json, memory.id());
  }

  Response list(Request request) {
    var parameters = Parameters.of(request);
    var query =
        new ListQuery(
            parameters.namespace("namespace"),
            parameters.tier("tier"),
            parameters.whole("min_priority", 1, Integer.MIN_VALUE, Integer.MAX_VALUE),
            parameters.time("since"),
            parameters.time("until"),
            parameters.tag("tags"),
            parameters.agentId("agent_id"),
            position(parameters.text("after")),
            parameters.whole("limit", 20, 0, LIST_MAX),
            parameters.whole("offset", 0, 0, Integer.MAX_VALUE));
    var page = Lists.read(store, request, snapshot -> snapshot.list(query), PageEnd::bytes);
    // Whoever goes on by offset must not take a cut for the end, nor skip what did not fit.
    var cut = PageEnd.cut(page, query.limit());
    var next =
        PageEnd.mayGoOn(page, query.limit())
            ? ",\"next\":" + Rendering.quote(position(page.getLast()))
            : "";
    return Lists.of("memories", page, rendering::memory, next + Lists.truncated(cut));
  }

  /// Where a page ended, as a text that a client hands back as it got it.
  private static String position(StoredMemory last) {
    var time = Long.toHexString(last.stamp().time());
    return last.memory().priority() + "." + time + "." + last.id();
  }

  private static ListQuery.@Nullable Position position(@Nullable String cursor) {
    if (cursor == null) return null;
    var parts = cursor.split("\\.", 3);
    try {
      if (parts.length == 3) {
        var time = Long.parseUnsignedLong(parts[1], 16);
        return new ListQuery.Position(Integer.parseInt(parts[0]), time, parts[2]);
      }
    } catch (NumberFormatException _) {
      // Answered below, as any other text that is no cursor.
    }
    throw new Invalid("after must be a cursor that a listing answered as next");
  }

  Response get(Request request) {
    record Found(StoredMemory memory, MemoryLinks links) {}
    var id = request.pathParameter("id");
    consistency.require(request, id);
    var found =
        store.read(snapshot -> {
          var memory = Lookup.find(snapshot, id);
          request.willAnswer(PageEnd.bytes(memory));
          return new Found(memory, MemoryLinks.of(snapshot, memory.id()));
        });
    var links = Rendering.array(found.links().links(), stored -> Rendering.link(stored.link()));
    var more = found.links().truncated() ? ",\"links_truncated\":true" : "";
    var json =
        "{\"memory\":%s,\"links\":%s%s}".formatted(rendering.memory(found.memory()), links, more);
    return Bodies.json(200, json).with("ETag", found.memory().etag());
  }

  Response update(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var edit = drafts.edit(body);
    var condition = Preconditions.of(request, body.optionalWhole("if_version"));
    var id = request.pathParameter("id");
    return mutations.run(
        request,
        transaction -> {
          var revised = remembering.revise(transaction, id, edit, condition);
          return Outcome.of(200, rendering.memory(revised), revised.id()).withEtag(revised.etag());
        });
  }

  Response delete(Request request) {
    var condition = Preconditions.of(request, null);
    var agent = Requester.of(request);
    var id = request.pathParameter("id");
    try {
      return mutations.run(
          request,
          transaction ->
              switch (governing.delete(transaction, id, condition, agent)) {
                case Gated.Done<String> _ -> deleted();
                case Gated.Held<String>(var pending) -> PendingRoutes.held(pending);
              });
    } catch (NotFound e) {
      return retries.turned(id, State.DELETED, MemoryRoutes::deleted).orElseThrow(() -> e);
    }
  }

  private static Outcome deleted() {
    return Outcome.of(200, "{\"deleted\":true}");
  }

  Response promote(Request request) {
    var agent = Requester.of(request);
    var id = request.pathParameter("id");
    return mutations.run(
        request,
        transaction ->
            switch (governing.promote(transaction, id, agent)) {
              case Gated.Done<StoredMemory>(var memory) -> promoted(memory);
              case Gated.Held<StoredMemory>(var pending) -> PendingRoutes.held(pending);
            });
  }

  private static Outcome promoted(StoredMemory memory) {
    var json = Json.object().put("promoted", true).put("id", memory.id());
    json.put("tier", memory.memory().tier().text());
    return Outcome.of(200, Json.text(json), memory.id()).withEtag(memory.etag());
  }

  Response bulk(Request request) {
    var rows = Fields.list(request.json(), Strictness.FRAMEWORK);
    if (rows.size() > BULK_MAX) {
      throw new Invalid(
          "a bulk store takes at most %d memories: %d".formatted(BULK_MAX, rows.size()));
    }
    var errors = new ArrayList<String>();
    var accepted = new ArrayList<Draft>();
    for (var row : rows) {
      try {
        accepted.add(drafts.bulkDraft(row));
      } catch (Invalid e) {
        errors.add(Rules.shown(row.text("title")) + ": " + e.getMessage());
      }
    }
    return mutations.run(request, transaction -> stored(transaction, accepted, errors));
  }

  private Outcome stored(Transaction transaction, List<Draft> drafts, List<String> invalid) {
    var errors = new ArrayList<>(invalid);
    var ids = new ArrayList<String>();
    for (var draft : drafts) {
      try {
        ids.add(remembering.store(transaction, draft, OnConflict.MERGE).id());
      } catch (RequestFailure e) {
        errors.add(Rules.shown(draft.title()) + ": " + e.getMessage());
      }
    }
    var json = Json.object().put("created", ids.size());
    var list = json.putArray("errors");
    errors.forEach(list::add);
    return new Outcome(200, Json.text(json), ids, "").asBulk();
  }

  Response history(Request request) {
    record Past(StoredMemory memory, List<Version> versions, boolean all) {}
    var id = request.pathParameter("id");
    var past =
        store.read(snapshot -> {
          var memory = Lookup.find(snapshot, id);
          var versions = new ArrayList<Version>();
          var bytes = PageEnd.bytes(memory);
          var all = snapshot.history(memory.id(), PageEnd.BYTES_MAX);
          for (var version : all) {
            if (bytes >= PageEnd.BYTES_MAX) break;
            versions.add(version);
            bytes += PageEnd.bytes(version.body());
          }
          request.willAnswer(bytes);
          return new Past(memory, versions, bytes < PageEnd.BYTES_MAX);
        });
    var current = past.memory();
    var shown = new ArrayList<String>();
    shown.add(
        version(current.body(), current.stamp().timestamp(), current.stamp().node(), "current"));
    for (var version : past.versions()) {
      var state = version.lost() ? "lost" : "replaced";
      shown.add(
          version(version.body(), version.stamp().timestamp(), version.stamp().node(), state));
    }
    // The versions are complete when they go back to the first one ever made.
    var oldest = past.versions().isEmpty() ? current.body() : past.versions().getLast().body();
    var complete = past.all() && Json.parse(oldest).path("version").asLong() == 1;
    return Bodies.json(
        200,
        "{\"id\":%s,\"versions\":%s,\"count\":%d,\"node\":%s,\"complete\":%s}"
            .formatted(
                Rendering.quote(current.id()),
                Rendering.array(shown, json -> json),
                shown.size(),
                Rendering.quote(store.nodeId()),
                complete));
  }

  private static String version(String body, String updatedAt, String origin, String state) {
    return "%s,\"updated_at\":%s,\"origin\":%s,\"state\":\"%s\"}"
        .formatted(
            body.substring(0, body.length() - 1),
            Rendering.quote(updatedAt),
            Rendering.quote(origin),
            state);
  }
}
