package dev.quorate.wire;

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

  /// Reads the body of a node of either kind. Throws [dev.quorate.failure.RequestFailure.Invalid]
  /// for a body that is refused as a whole.
  public static Received read(byte[] body) {
    return new BodyReader(ROUTE).read(body);
  }
}
