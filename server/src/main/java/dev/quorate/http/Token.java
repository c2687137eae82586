package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.store.Origin;

/// A token of a receipt, `<node>.<epoch>.<sequence>`: it names an operation, and everything that
/// its node had made by then. A node id may have dots, the other parts have none.
final class Token {
  private Token() {}

  /// What [#of] reads.
  static String text(Origin origin) {
    return origin.node() + "." + origin.epoch() + "." + origin.sequence();
  }

  /// @throws Invalid when it is no token
  static Origin of(String text) {
    var last = text.lastIndexOf('.');
    var middle = last < 0 ? -1 : text.lastIndexOf('.', last - 1);
    try {
      if (middle > 0 && middle + 1 < last) {
        var sequence = Long.parseLong(text.substring(last + 1));
        if (sequence >= 0) {
          return new Origin(text.substring(0, middle), text.substring(middle + 1, last), sequence);
        }
      }
    } catch (NumberFormatException _) {
      // Answered below, as any other text that is no token.
    }
    throw new Invalid("a token is <node>.<epoch>.<sequence>, as a receipt has it");
  }
}
