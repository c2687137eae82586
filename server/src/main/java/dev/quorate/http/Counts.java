package dev.quorate.http;

import dev.quorate.json.Json;
import dev.quorate.store.Totals;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/// Counts per name as JSON: `[{"<key>":…,"count":…}]`.
final class Counts {
  private Counts() {}

  static ArrayNode json(String key, List<Totals.Count> counts) {
    var array = Json.mapper().createArrayNode();
    for (var count : counts) {
      array.addObject().put(key, count.name()).put("count", count.count());
    }
    return array;
  }
}
