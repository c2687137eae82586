package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memories.Duplicates;
import dev.quorate.memories.Recalling;
import dev.quorate.memories.Recalling.Alike;
import dev.quorate.memories.Recalling.Scored;
import dev.quorate.memory.Rules;
import dev.quorate.store.Store;
import tools.jackson.databind.node.ObjectNode;

/// Answers whether a memory is there already.
final class DuplicateRoutes {
  private static final double THRESHOLD_DEFAULT = 0.85;
  private static final double THRESHOLD_MIN = 0.5;

  private final Store store;
  private final Recalling recalling;

  DuplicateRoutes(Store store, Recalling recalling) {
    this.store = store;
    this.recalling = recalling;
  }

  /// Finds the very same text, or else what means about the same.
  Response check(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var title = Rules.title(body.text("title"));
    var content = Rules.content(body.text("content"));
    var given = body.optionalText("namespace");
    var namespace = given == null ? null : Rules.namespace(given);
    var asked = body.optionalNumber("threshold");
    if (asked != null && !(asked >= 0 && asked <= 1)) {
      throw new Invalid("threshold must be 0..1: " + asked);
    }
    var threshold = Math.max(THRESHOLD_MIN, asked == null ? THRESHOLD_DEFAULT : asked);
    var found = store.read(snapshot -> Duplicates.exact(snapshot, title, content, namespace));
    var alike =
        found.same().isPresent()
            ? new Alike(found.same().map(stored -> new Scored(stored, 1, null)), found.looked())
            : recalling.alike(title, content, namespace);
    var nearest = alike.nearest();
    var duplicate = nearest.filter(near -> near.score() >= threshold);
    var json = Json.object().put("is_duplicate", duplicate.isPresent()).put("threshold", threshold);
    nearest.ifPresentOrElse(
        near -> json.set("nearest", nearest(near)), () -> json.putNull("nearest"));
    duplicate.ifPresentOrElse(
        near -> json.put("suggested_merge", near.memory().id()),
        () -> json.putNull("suggested_merge"));
    json.put("candidates_scanned", alike.compared());
    return Bodies.json(200, json);
  }

  private static ObjectNode nearest(Scored near) {
    var memory = near.memory().memory();
    return Json.object()
        .put("id", near.memory().id())
        .put("title", memory.title())
        .put("namespace", memory.namespace())
        .put("similarity", Math.round(near.score() * 1_000) / 1_000.0);
  }
}
