package dev.quorate.wire;

import dev.quorate.json.Json;
import dev.quorate.merge.EmbeddingRegister;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// An item as bytes, encoded once for all peers and batches of one sender. Immutable and
/// thread-safe.
public final class EncodedItem {
  private static final byte[] NONE = {};

  private final Item item;
  private final WireList list;
  private final byte @Nullable [] element;
  private final byte[] facts;

  /// Made when an ai-memory peer asks for it first; both makers make the same.
  private volatile byte @Nullable [] plainElement;

  private EncodedItem(Item item, WireList list, byte @Nullable [] element, byte[] facts) {
    this.item = item;
    this.list = list;
    this.element = element;
    this.facts = facts;
  }

  /// Encodes an item.
  ///
  /// @param sender id of the node that sends or serves it
  /// @param senderEpoch epoch of that node's store
  public static EncodedItem of(Item item, String sender, String senderEpoch) {
    var list = WireList.of(item.register());
    var element = Elements.of(item.register());
    var facts = FactsText.of(item, list, sender, senderEpoch);
    return new EncodedItem(
        item, list, element == null ? null : Json.utf8(element), Json.utf8(facts));
  }

  public Item item() {
    return item;
  }

  /// Name of the list in which it travels.
  public String list() {
    return list.text();
  }

  /// How many bytes it adds to a body for a peer that speaks `quorate`.
  public int bytes() {
    return (element == null ? 0 : element.length + 1) + facts.length + 1;
  }

  /// Whether ai-memory has a list for it.
  public boolean isPlain() {
    return list.plain();
  }

  WireList wireList() {
    return list;
  }

  void writeElement(ByteArrayOutputStream out) {
    if (element != null) out.writeBytes(element);
  }

  void writePlainElement(ByteArrayOutputStream out) {
    out.writeBytes(plainElement());
  }

  void writeFacts(ByteArrayOutputStream out) {
    out.writeBytes(facts);
  }

  private byte[] plainElement() {
    var made = plainElement;
    if (made != null) return made;
    // Only a vector has two forms, and the one in numbers is many times as costly.
    made =
        item.register() instanceof EmbeddingRegister embedding
            ? Json.utf8(Elements.numbered(embedding))
            : element == null ? NONE : element;
    plainElement = made;
    return made;
  }
}
