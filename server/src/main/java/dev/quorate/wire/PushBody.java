package dev.quorate.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The body of `POST /api/v1/sync/push` (wire.md 2.1).
public final class PushBody {
  private static final String ROUTE = "sync_push";

  private PushBody() {}

  /// Writes the body for a node that speaks `quorate`.
  ///
  /// @param items at most [Protocol#ITEMS_MAX] in one list, all encoded for this sender
  public static byte[] write(String sender, Frame frame, List<EncodedItem> items) {
    return new BodyWriter(sender, items).write(frame, null);
  }

  /// Writes the body for an ai-memory node or a guest. Items that it has no list for are left out.
  public static byte[] writePlain(String sender, List<EncodedItem> items) {
    return new BodyWriter(sender, items).writePlain();
  }

  /// Writes as many bodies for an ai-memory node as the items need, in the order in which they are
  /// sent: what is applied first in one body is not behind it in two.
  ///
  /// @param bytesMax of the items in one body; a larger item goes alone
  public static List<Part> writePlain(String sender, List<EncodedItem> items, int bytesMax) {
    var parts = new ArrayList<Part>();
    var part = new ArrayList<EncodedItem>();
    var bytes = 0L;
    for (var item : items.stream().sorted(Comparator.comparing(EncodedItem::wireList)).toList()) {
      var more = item.plainBytes();
      if (!part.isEmpty() && (bytes + more > bytesMax || part.size() >= Protocol.ITEMS_MAX)) {
        parts.add(new Part(part, writePlain(sender, part)));
        part.clear();
        bytes = 0;
      }
      part.add(item);
      bytes += more;
    }
    if (!part.isEmpty()) parts.add(new Part(part, writePlain(sender, part)));
    return parts;
  }

  /// A body and what is in it.
  public static final class Part {
    private final List<EncodedItem> items;
    private final byte[] body;

    private Part(List<EncodedItem> items, byte[] body) {
      this.items = List.copyOf(items);
      this.body = body;
    }

    public List<EncodedItem> items() {
      return items;
    }

    /// Not to be changed.
    public byte[] body() {
      return body;
    }
  }

  /// Reads the body of a node of either kind. Throws [dev.quorate.failure.RequestFailure.Invalid]
  /// for a body that is refused as a whole.
  public static Received read(byte[] body) {
    return new BodyReader(ROUTE).read(body);
  }
}
