package dev.quorate.http;

import static java.util.stream.Collectors.toSet;

import dev.quorate.failure.RequestFailure.Conflict;
import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memories.Forgetting;
import dev.quorate.memories.Sweeping;
import dev.quorate.memory.Rules;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.store.PageEnd;
import dev.quorate.store.Store;
import java.util.ArrayList;

/// Answers for the archive: list, add, restore, purge, stats.
final class ArchiveRoutes {
  private static final int IDS_MAX = 1_000;
  private static final int LIST_MAX = 1_000;

  /// A hundred years: more than any archive is old.
  private static final int DAYS_MAX = 36_500;

  private final Store store;
  private final Forgetting forgetting;
  private final Sweeping sweeping;
  private final Mutations mutations;
  private final Rendering rendering;
  private final Retries retries;

  ArchiveRoutes(
      Store store,
      Forgetting forgetting,
      Sweeping sweeping,
      Mutations mutations,
      Rendering rendering,
      Retries retries) {
    this.store = store;
    this.forgetting = forgetting;
    this.sweeping = sweeping;
    this.mutations = mutations;
    this.rendering = rendering;
    this.retries = retries;
  }

  Response list(Request request) {
    var parameters = Parameters.of(request);
    var namespace = parameters.namespace("namespace");
    var limit = parameters.whole("limit", 50, 1, LIST_MAX);
    var offset = parameters.whole("offset", 0, 0, Integer.MAX_VALUE);
    var rows =
        Lists.read(
            store,
            request,
            snapshot -> snapshot.archived(namespace, limit, offset),
            PageEnd::bytes);
    // Whoever wants the rest goes on behind those that came.
    var more = Lists.truncated(PageEnd.cut(rows, limit));
    return Lists.of("archived", rows, rendering::archived, more);
  }

  Response add(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var ids = body.texts("ids");
    if (ids.size() > IDS_MAX) {
      throw new Invalid(
          "at most %d ids can be archived at once: %d".formatted(IDS_MAX, ids.size()));
    }
    ids.forEach(Rules::id);
    var reason = Rules.reason(body.text("reason", "archive"));
    var turning = ids.stream().filter(id -> retries.isTurning(id, State.ARCHIVED)).collect(toSet());
    return mutations.run(
        request,
        transaction -> {
          var done = forgetting.archive(transaction, ids, reason);
          var all = new ArrayList<>(done.archived());
          for (var id : done.missing()) {
            if (!turning.contains(id)) continue;
            transaction.found(id);
            all.add(id);
          }
          var json = Json.object();
          var archived = json.putArray("archived");
          all.forEach(archived::add);
          var missing = json.putArray("missing");
          done.missing().stream().filter(id -> !turning.contains(id)).forEach(missing::add);
          json.put("count", all.size()).put("reason", reason);
          return new Outcome(200, Json.text(json), all, "");
        });
  }

  Response restore(Request request) {
    var id = request.pathParameter("id");
    try {
      return mutations.run(request, transaction -> restored(forgetting.restore(transaction, id)));
    } catch (Conflict e) {
      return retries.turned(id, State.LIVE, () -> restored(id)).orElseThrow(() -> e);
    }
  }

  private static Outcome restored(String id) {
    var json = Json.object().put("restored", true).put("id", id);
    return Outcome.of(200, Json.text(json), id);
  }

  Response purge(Request request) {
    var parameters = Parameters.of(request);
    var days =
        parameters.text("older_than_days") == null
            ? null
            : parameters.whole("older_than_days", 0, 0, DAYS_MAX);
    return mutations.runInSteps(
        request, () -> Outcome.of(200, "{\"purged\":%d}".formatted(sweeping.purge(days))));
  }

  Response stats(Request request) {
    var counts = store.read(snapshot -> snapshot.archivedByNamespace());
    var json = Json.object();
    json.put("archived_total", counts.stream().mapToLong(count -> count.count()).sum());
    json.set("by_namespace", Counts.json("namespace", counts));
    return Bodies.json(200, json);
  }
}
