package dev.quorate.corpus;

import dev.quorate.json.Json;
import dev.quorate.memory.Relation;
import dev.quorate.memory.Rules;
import dev.quorate.time.Timestamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The file of the reference MCP memory server: `{"type":"entity",…}` and `{"type":"relation",…}`
/// lines. An entity becomes one memory with its observations as lines, a relation a link.
final class McpFile implements Corpus {
  private final Path file;
  private final Placement placement;

  McpFile(Path file, Placement placement) {
    this.file = file;
    this.placement = placement;
  }

  /// What all lines of one name say together.
  private record Entity(List<String> tags, List<String> observations, String place) {}

  @Override
  public void read(Sink sink) throws IOException {
    var time = Files.getLastModifiedTime(file).toInstant();
    // An entity may stand on several lines, so none is complete before the last one was read.
    var entities = new LinkedHashMap<String, Entity>();
    var renamed = new TreeMap<String, Integer>();
    Lines.read(
        file,
        sink,
        (line, place) -> {
          switch (line.path("type").asString("")) {
            case "entity" -> entity(line, place, entities, sink);
            case "relation" -> relation(line, place, time, renamed, sink);
            default -> sink.fault(place + " is neither an entity nor a relation");
          }
        });
    entities.forEach((name, entity) -> remember(name, entity, time, sink));
    if (!renamed.isEmpty()) {
      var kinds =
          renamed.entrySet().stream()
              .map(kind -> kind.getKey() + " " + kind.getValue())
              .collect(Collectors.joining(", "));
      sink.remark("relations of other kinds became related_to: " + kinds);
    }
  }

  private static void entity(
      ObjectNode line, String place, Map<String, Entity> entities, Sink sink) {
    var name = PlainText.oneLine(line.path("name").asString(""));
    var observations = line.path("observations");
    if (name.isEmpty()) {
      sink.fault(place + ": the entity has no name");
      return;
    }
    if (!observations.isArray() && !observations.isMissingNode()) {
      sink.fault(place + ": observations must be a list");
      return;
    }
    var entity =
        entities.computeIfAbsent(
            name, _ -> new Entity(new ArrayList<>(), new ArrayList<>(), place));
    tag(line.path("entityType")).filter(t -> !entity.tags.contains(t)).ifPresent(entity.tags::add);
    for (var observation : observations) {
      var text = PlainText.oneLine(observation.asString(""));
      if (!text.isEmpty() && !entity.observations.contains(text)) entity.observations.add(text);
    }
  }

  private static Optional<String> tag(JsonNode entityType) {
    var tag = PlainText.oneLine(entityType.asString(""));
    return tag.isEmpty() || PlainText.bytes(tag) > Rules.TAG_BYTES_MAX
        ? Optional.empty()
        : Optional.of(tag);
  }

  private void remember(String name, Entity entity, Instant time, Sink sink) {
    var content =
        entity.observations.isEmpty()
            ? "Nothing is observed of it yet."
            : String.join("\n", entity.observations);
    var part = 1;
    for (var piece : Pieces.of(content, Rules.CONTENT_BYTES_MAX)) {
      var id = part == 1 ? id(name) : StableId.of("mcp", placement.namespace(), name, "" + part);
      sink.memory(
          new NewMemory(
                  id,
                  placement.namespace(),
                  PlainText.title(name, Pieces.ending(part)),
                  piece,
                  entity.tags.stream().limit(Rules.TAGS_MAX).toList(),
                  time,
                  placement.agentId(),
                  null)
              .json(),
          entity.place);
      part++;
    }
  }

  private void relation(
      ObjectNode line, String place, Instant time, Map<String, Integer> renamed, Sink sink) {
    var from = PlainText.oneLine(line.path("from").asString(""));
    var to = PlainText.oneLine(line.path("to").asString(""));
    if (from.isEmpty() || to.isEmpty()) {
      sink.fault(place + ": a relation needs from and to");
      return;
    }
    var type = PlainText.oneLine(line.path("relationType").asString(""));
    var known = Relation.of(type.toLowerCase(Locale.ROOT).replaceAll("[ -]", "_"));
    if (known.isEmpty()) renamed.merge(type.isEmpty() ? "(none)" : type, 1, Integer::sum);
    sink.link(
        Json.object()
            .put("source_id", id(from))
            .put("target_id", id(to))
            .put("relation", known.orElse(Relation.RELATED_TO).text())
            .put("created_at", Timestamps.render(time)),
        place);
  }

  private String id(String name) {
    return StableId.of("mcp", placement.namespace(), name);
  }
}
