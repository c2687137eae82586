package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memories.Duplicates;
import dev.quorate.memory.Rules;
import dev.quorate.store.Store;

/// Answers whether a memory is there already.
final class DuplicateRoutes {
  private static final double THRESHOLD_DEFAULT = 0.85;
  private static final double THRESHOLD_MIN = 0.5;

  private final Store store;

  DuplicateRoutes(Store store) {
    this.store = store;
  }

  /// Finds the very same text. Whatever is only alike would take vectors to compare.
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
    if (found.same().isEmpty()) {
      return Bodies.json(
          503,
          Json.object()
              .put(
                  "error",
                  "no memory has this title and content, and there is no embedder to compare others"
                      + " by"));
    }
    var same = found.same().get();
    var memory = same.memory();
    var json = Json.object().put("is_duplicate", true).put("threshold", threshold);
    json.putObject("nearest")
        .put("id", same.id())
        .put("title", memory.title())
        .put("namespace", memory.namespace())
        .put("similarity", 1.0);
    json.put("suggested_merge", same.id()).put("candidates_scanned", found.looked());
    return Bodies.json(200, json);
  }
}
