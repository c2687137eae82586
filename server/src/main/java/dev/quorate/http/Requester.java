package dev.quorate.http;

import dev.quorate.http.transport.Request;
import dev.quorate.memory.Rules;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who makes a request (api.md 2.6): claimed, not proven.
final class Requester {
  static final String HEADER = "X-Agent-Id";

  private Requester() {}

  /// Named in the header, or nobody in particular.
  static String of(Request request) {
    return request.header(HEADER).map(Rules::agentId).orElseGet(Requester::anonymous);
  }

  /// Named in the body, in the query, in the header, or nobody in particular.
  static String of(Request request, @Nullable String inBody) {
    if (inBody != null) return Rules.agentId(inBody);
    var inQuery = Parameters.of(request).agentId("agent_id");
    return inQuery != null ? inQuery : of(request);
  }

  static String anonymous() {
    return "anonymous:req-" + UUID.randomUUID().toString().substring(0, 8);
  }
}
