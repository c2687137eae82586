package dev.quorate.wire;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.memory.Rules;
import java.util.Set;

/// Who may call itself a sender (wire.md 2.1).
final class Senders {
  private static final Set<String> RESERVED =
      Set.of(
          "daemon",
          "system",
          "federation-catchup",
          "subscription-dispatch",
          "ai:http-internal",
          "ai:migrate",
          "export-internal",
          "governance-internal");

  private Senders() {}

  static String check(String sender) {
    try {
      Rules.agentId(sender);
    } catch (Invalid e) {
      throw new Invalid("invalid sender_agent_id: " + e.getMessage());
    }
    if (sender.contains("..") || sender.startsWith("/")) {
      throw new Invalid(
          "invalid sender_agent_id: it cannot begin with / or contain ..: " + Rules.quote(sender));
    }
    if (RESERVED.contains(sender)) {
      throw new Invalid("invalid sender_agent_id: it is reserved: " + Rules.quote(sender));
    }
    return sender;
  }
}
