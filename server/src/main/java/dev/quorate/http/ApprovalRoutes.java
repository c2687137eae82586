package dev.quorate.http;

import dev.quorate.feed.Wanted;
import dev.quorate.feed.Word;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.memory.Rules;
import dev.quorate.store.Store;
import java.util.Set;

/// Answers the event stream of approvals (api.md 1.1): what is held, and what becomes of it.
final class ApprovalRoutes {
  private static final Set<Word> WORDS = Set.of(Word.PENDING, Word.DECISION);

  private final Store store;
  private final FeedStream stream;

  ApprovalRoutes(Store store, FeedStream stream) {
    this.store = store;
    this.stream = stream;
  }

  /// Begins with what comes from now on, for `GET /pending` has what is waiting, unless the client
  /// names where it stopped.
  Response stream(Request request) {
    var parameters = Parameters.of(request);
    var wanted =
        new Wanted(WORDS, parameters.namespace("namespace"), parameters.namespace("as_agent"));
    var agent = request.header(Requester.HEADER).map(Rules::agentId).orElse(null);
    var after = parameters.text("after");
    var from = stream.cursor(request.header("Last-Event-ID").orElse(after == null ? "now" : after));
    stream.catchUp(from);
    return stream.events(from, wanted, "approvals", new ApprovalEvents(store, agent));
  }
}
