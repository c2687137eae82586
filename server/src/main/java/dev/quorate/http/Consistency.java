package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Behind;
import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.federation.Federation;
import dev.quorate.http.transport.Request;
import dev.quorate.memory.Rules;

/// How sure a read of one memory has to be: `local` is what this node has, `quorum` includes every
/// write that any node has acknowledged. Thread-safe.
final class Consistency {
  private final Federation federation;

  Consistency(Federation federation) {
    this.federation = federation;
  }

  /// Takes what other nodes know of the memory, where the request asks for that.
  ///
  /// @param id the whole id: a prefix means nothing to other nodes
  void require(Request request, String id) {
    var asked = request.query("consistency").orElse("local");
    switch (asked) {
      case "local" -> {}
      case "quorum" -> {
        if (!federation.readFromQuorum(id)) {
          throw new Behind("too few nodes could be asked for consistency=quorum");
        }
      }
      default -> throw new Invalid("consistency must be local or quorum: " + Rules.quote(asked));
    }
  }
}
