package dev.quorate.wire;

import dev.quorate.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes the body that a push and a page of a pull share: ai-memory's lists with sorted keys, and
/// for nodes that know it the `quorate` object.
final class BodyWriter {
  /// The members of a body in their order.
  private static final List<String> MEMBERS =
      List.of(
          "archives",
          "deletions",
          "dry_run",
          "embeddings",
          "links",
          "memories",
          "namespace_meta",
          "namespace_meta_clears",
          "pending_decisions",
          "pendings",
          "quorate",
          "restores",
          "sender_agent_id");

  private final Map<WireList, List<EncodedItem>> lists = new EnumMap<>(WireList.class);
  private final ByteArrayOutputStream out;
  private final String sender;

  BodyWriter(String sender, List<EncodedItem> items) {
    this.sender = sender;
    var bytes = 512;
    for (var item : items) {
      var list = lists.computeIfAbsent(item.wireList(), _ -> new ArrayList<>());
      list.add(item);
      if (list.size() > Protocol.ITEMS_MAX) {
        throw new IllegalArgumentException(
            "a body holds at most %d %s".formatted(Protocol.ITEMS_MAX, item.list()));
      }
      bytes += item.bytes();
    }
    this.out = new ByteArrayOutputStream(bytes);
  }

  /// The body for a node that speaks `quorate`.
  ///
  /// @param held what the sender holds of every origin, in a page of a pull only
  byte[] write(Frame frame, @Nullable List<Held> held) {
    return write(EncodedItem::writeElement, () -> quorate(frame, held));
  }

  byte[] writePlain() {
    return write(EncodedItem::writePlainElement, null);
  }

  private interface ElementWriter {
    void write(EncodedItem item, ByteArrayOutputStream out);
  }

  private byte[] write(ElementWriter element, @Nullable Runnable quorate) {
    var separator = "{";
    for (var member : MEMBERS) {
      var items = items(member);
      var present =
          switch (member) {
            case "dry_run", "memories", "sender_agent_id" -> true;
            case "quorate" -> quorate != null;
            default -> !items.isEmpty();
          };
      if (!present) continue;
      put(separator + "\"" + member + "\":");
      separator = ",";
      switch (member) {
        case "dry_run" -> put("false");
        case "sender_agent_id" -> put(ObjectText.quote(sender));
        case "quorate" -> {
          if (quorate != null) quorate.run();
        }
        default -> array(items, item -> element.write(item, out));
      }
    }
    put("}");
    return out.toByteArray();
  }

  private List<EncodedItem> items(String member) {
    for (var list : WireList.values()) {
      if (list.plain() && list.text().equals(member)) return lists.getOrDefault(list, List.of());
    }
    return List.of();
  }

  private void quorate(Frame frame, @Nullable List<Held> held) {
    put(QuorateObject.frame(frame));
    if (held != null) put(",\"held\":" + QuorateObject.held(held));
    put(",\"facts\":{");
    var separator = "";
    for (var list : lists.entrySet()) {
      if (!list.getKey().plain()) continue;
      put(separator + "\"" + list.getKey().text() + "\":");
      array(list.getValue(), item -> item.writeFacts(out));
      separator = ",";
    }
    put("}");
    for (var list : lists.entrySet()) {
      if (list.getKey().plain()) continue;
      put(",\"" + list.getKey().text() + "\":");
      array(list.getValue(), item -> item.writeFacts(out));
    }
    put("}");
  }

  private void array(List<EncodedItem> items, Consumer<EncodedItem> write) {
    out.write('[');
    for (var i = 0; i < items.size(); i++) {
      if (i > 0) out.write(',');
      write.accept(items.get(i));
    }
    out.write(']');
  }

  private void put(String text) {
    out.writeBytes(Json.utf8(text));
  }
}
