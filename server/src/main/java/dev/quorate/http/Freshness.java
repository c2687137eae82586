package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Behind;
import dev.quorate.federation.Federation;
import dev.quorate.http.transport.Handler;

/// Lets a reader see what it wrote on any node: a read with a token of a receipt waits until this
/// node has everything up to it. Thread-safe.
final class Freshness {
  private static final String HEADER = "Quorate-Token";

  /// How long a read waits. Longer would hold its place among the requests for a node that is gone.
  private static final long WAIT_MILLIS = 5_000;

  private final Federation federation;

  Freshness(Federation federation) {
    this.federation = federation;
  }

  /// The same handler behind the wait.
  Handler awaiting(Handler handler) {
    return request -> {
      var token = request.header(HEADER);
      if (token.isPresent() && !federation.awaitHeld(Token.of(token.get()), WAIT_MILLIS)) {
        throw new Behind("this node does not have everything up to the token yet");
      }
      return handler.handle(request);
    };
  }
}
