package dev.quorate.http;

import dev.quorate.feed.Entry;
import dev.quorate.feed.Page;
import dev.quorate.feed.Subject;
import dev.quorate.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// Entries of the feed as JSON. Objects look as the routes that read them show them. Thread-safe.
final class ChangeText {
  private final String node;
  private final Rendering rendering;

  /// @param node the node that tells
  ChangeText(String node, Rendering rendering) {
    this.node = node;
    this.rendering = rendering;
  }

  String page(Page page) {
    var more = new StringBuilder();
    more.append(",\"cursor\":\"").append(page.next().text()).append('"');
    more.append(",\"more\":").append(page.more());
    more.append(",\"node\":").append(Rendering.quote(node));
    if (!page.behind().isEmpty()) {
      more.append(",\"behind\":");
      more.append(Rendering.array(page.behind(), origin -> Rendering.quote(Token.text(origin))));
    }
    return Rendering.list("changes", page.entries(), this::entry, more.toString());
  }

  /// One entry, in one line.
  String entry(Entry entry) {
    var json = Json.object().put("lane", entry.word().text()).put("id", entry.id());
    var ids = json.putArray("ids");
    entry.ids().forEach(ids::add);
    json.put("namespace", entry.namespace());
    if (!entry.successors().isEmpty()) {
      var successors = json.putArray("successors");
      entry.successors().forEach(successors::add);
    }
    subject(json, entry.subject());
    json.put("stamp", entry.stamp().timestamp());
    json.put("origin", Token.text(entry.origin()));
    json.put("cursor", entry.cursor().text());
    return Json.text(json);
  }

  private void subject(ObjectNode json, Subject subject) {
    switch (subject) {
      case Subject.OfMemory(var memory) -> {
        json.put("state", memory.live() ? "live" : "archived");
        json.set("object", Json.parse(rendering.memory(memory)));
      }
      case Subject.OfLink(var link) -> {
        json.put("state", "live");
        json.set("object", Json.parse(Rendering.link(link)));
      }
      case Subject.OfStandard(var namespace, var standardId, var parent) -> {
        json.put("state", "live");
        var object = json.putObject("object");
        object.put("namespace", namespace).put("standard_id", standardId).put("parent", parent);
      }
      case Subject.OfPending(var row) -> {
        json.put("state", "live");
        json.set("object", PendingRoutes.row(row));
      }
      case Subject.OfVersion(var version) -> {
        json.put("state", "lost");
        var object = (ObjectNode) Json.parse(version.body());
        object.put("updated_at", version.stamp().timestamp());
        json.set("object", object);
      }
      case Subject.OfVector(var model, var dimension) -> {
        json.put("state", "live");
        json.putObject("object").put("model", model).put("dimension", dimension);
      }
      case Subject.None _ -> json.put("state", "none").putNull("object");
      case Subject.Outside _ -> json.put("state", "outside").putNull("object");
    }
  }
}
