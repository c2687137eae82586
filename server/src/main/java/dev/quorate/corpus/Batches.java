package dev.quorate.corpus;

import dev.quorate.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Sends what a [Corpus] holds in bodies that the import route takes: memories as they come, links
/// when all memories are there. A body that is refused as a whole is sent again in halves, until
/// the row that is wrong stands alone. Not thread-safe; used once.
public final class Batches implements Sink {
  /// A batch has at most so many memories, or links.
  public static final int ROWS_MAX = 1_000;

  /// A body has at most so many bytes, well below what the server takes.
  public static final int BODY_BYTES_MAX = 3 << 19;

  private static final int ENVELOPE_BYTES = 32;

  private final Destination destination;
  private final Consumer<String> faults;
  private final LongConsumer progress;
  private final List<Row> memories = new ArrayList<>();
  private final List<Row> links = new ArrayList<>();
  private final Map<String, String> remapped = new HashMap<>();
  private final List<String> remarks = new ArrayList<>();
  private long memoryBytes;
  private long sent;
  private long imported;
  private long errors;

  /// Sends to one node.
  ///
  /// @param faults gets each thing that was not imported, in one sentence
  /// @param progress gets how many rows were sent so far, after each body
  public Batches(Destination destination, Consumer<String> faults, LongConsumer progress) {
    this.destination = destination;
    this.faults = faults;
    this.progress = progress;
  }

  /// What became of an import.
  ///
  /// @param imported memories that are there now
  /// @param links links that were sent without an error
  /// @param remapped how many ids came in under another one
  public record Summary(
      long imported, long links, long errors, int remapped, List<String> remarks) {}

  private enum Kind {
    MEMORIES,
    LINKS
  }

  /// One memory or link, as JSON.
  ///
  /// @param name how the server names it in an error
  private record Row(String name, String json, String place) {}

  @Override
  public void memory(ObjectNode memory, String place) {
    var row = new Row(memory.get("id").asString(), Json.mapper().writeValueAsString(memory), place);
    var bytes = PlainText.bytes(row.json) + 1;
    if (memories.size() == ROWS_MAX || memoryBytes + bytes + ENVELOPE_BYTES > BODY_BYTES_MAX) {
      flushMemories();
    }
    memories.add(row);
    memoryBytes += bytes;
  }

  @Override
  public void link(ObjectNode link, String place) {
    links.add(new Row("", Json.mapper().writeValueAsString(link), place));
  }

  @Override
  public void fault(String sentence) {
    errors++;
    faults.accept(sentence);
  }

  @Override
  public void remark(String sentence) {
    remarks.add(sentence);
  }

  /// Sends what is left and says what became of everything.
  public Summary finish() {
    flushMemories();
    var linked = 0L;
    for (var from = 0; from < links.size(); from += ROWS_MAX) {
      var batch = links.subList(from, Math.min(from + ROWS_MAX, links.size()));
      var before = errors;
      send(Kind.LINKS, batch.stream().map(this::follow).toList());
      linked += batch.size() - (errors - before);
    }
    return new Summary(imported, linked, errors, remapped.size(), List.copyOf(remarks));
  }

  private void flushMemories() {
    if (!memories.isEmpty()) send(Kind.MEMORIES, List.copyOf(memories));
    memories.clear();
    memoryBytes = 0;
  }

  /// A link between the ids under which its ends came in.
  private Row follow(Row row) {
    var link = (ObjectNode) Json.parse(row.json);
    for (var end : List.of("source_id", "target_id")) {
      var id = link.get(end).asString();
      link.put(end, remapped.getOrDefault(id, id));
    }
    var name = link.get("source_id").asString() + " -> " + link.get("target_id").asString();
    return new Row(name, Json.mapper().writeValueAsString(link), row.place);
  }

  private void send(Kind kind, List<Row> rows) {
    switch (destination.send(body(kind, rows))) {
      case Destination.Taken taken -> {
        imported += taken.imported();
        remapped.putAll(taken.remapped());
        taken.errors().forEach(error -> fault(placed(error, rows)));
        sent += rows.size();
        progress.accept(sent);
      }
      case Destination.Refused refused -> {
        if (rows.size() == 1) {
          fault(rows.getFirst().place + ": " + refused.sentence());
          sent++;
        } else {
          var half = rows.size() / 2;
          send(kind, rows.subList(0, half));
          send(kind, rows.subList(half, rows.size()));
        }
      }
    }
  }

  /// An error of the server, with the place in the file instead of the id.
  private static String placed(String error, List<Row> rows) {
    for (var row : rows) {
      if (error.startsWith(row.name + ": ")) {
        return row.place + error.substring(row.name.length());
      }
    }
    return error;
  }

  private static byte[] body(Kind kind, List<Row> rows) {
    var open = kind == Kind.MEMORIES ? "{\"memories\":[" : "{\"memories\":[],\"links\":[";
    return Json.utf8(rows.stream().map(Row::json).collect(Collectors.joining(",", open, "]}")));
  }
}
