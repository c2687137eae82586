package dev.quorate.bench.evaluation;

import dev.quorate.bench.corpus.Question;
import dev.quorate.bench.probe.CannotRun;
import dev.quorate.bench.probe.Probe;
import dev.quorate.bench.wire.Call;
import dev.quorate.bench.wire.Endpoint;
import dev.quorate.json.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Asks questions by recall. Throws [CannotRun] for answers with which it cannot go on.
public final class Asking {
  private static final int TRIES = 10;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Probe probe;
  private final Endpoint endpoint;
  private final int limit;

  /// Takes so many results of each recall.
  public Asking(Probe probe, Endpoint endpoint, int limit) {
    this.probe = probe;
    this.endpoint = endpoint;
    this.limit = limit;
  }

  /// The modes that the server offers. Asks in an empty namespace, which leaves no trace.
  public List<RecallMode> offered(String emptyNamespace) {
    return Arrays.stream(RecallMode.values())
        .filter(mode -> refusal(mode, emptyNamespace).isEmpty())
        .toList();
  }

  /// Makes sure that the server offers a mode.
  public void require(RecallMode mode, String emptyNamespace) {
    var refusal = refusal(mode, emptyNamespace);
    if (!refusal.isEmpty()) throw new CannotRun(refusal);
  }

  /// One sentence that tells why a mode is not to be had; empty where it is.
  private String refusal(RecallMode mode, String emptyNamespace) {
    var answer = probe.exchange(endpoint, call(mode, emptyNamespace, "anything"));
    if (answer.status() != 200) {
      return "%s answers %d to recall in mode %s: %s"
          .formatted(endpoint, answer.status(), mode.label(), answer.example());
    }
    var answered = parse(answer.body()).path("mode").asString("");
    return answered.equals(mode.label()) ? "" : otherMode(mode, answered);
  }

  /// Asks one question in the namespace of a corpus.
  public Ranking ask(RecallMode mode, String namespace, Question question, CorpusStore store) {
    var answer = patiently(mode, call(mode, namespace, question.text()));
    if (answer.status() != 200) {
      throw new CannotRun(
          "%s answers %d to question %s: %s"
              .formatted(endpoint, answer.status(), question.id(), answer.example()));
    }
    var recalled = parse(answer.body());
    var answered = recalled.path("mode").asString("");
    if (!answered.equals(mode.label())) throw new CannotRun(otherMode(mode, answered));
    var memories = recalled.path("memories");
    var found = new LinkedHashSet<String>();
    for (var memory : memories) {
      var key = store.key(memory.path("id").asString(""));
      if (!found.add(key)) {
        throw new CannotRun(
            "%s finds %s twice for question %s".formatted(endpoint, key, question.id()));
      }
    }
    return new Ranking(question, List.copyOf(found), memories.path(0).path("score").asDouble(0));
  }

  /// Asks again where the model was too slow for the server: it goes on with what it began, and has
  /// it the next time.
  private Probe.Answer patiently(RecallMode mode, Call call) {
    for (var left = TRIES; ; left--) {
      var answer = probe.exchange(endpoint, call);
      var late =
          answer.status() == 503
              || (answer.status() == 200
                  && !parse(answer.body()).path("mode").asString("").equals(mode.label()));
      if (!late || left == 1) return answer;
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private Call call(RecallMode mode, String namespace, String text) {
    var body =
        Json.object()
            .put("context", text)
            .put("namespace", namespace)
            .put("limit", limit)
            .put("mode", mode.label());
    var call = new Call();
    call.post("/api/v1/recall").append(Json.utf8(body));
    return call;
  }

  private String otherMode(RecallMode wanted, String answered) {
    return "%s answers recall in mode %s where %s was asked for"
        .formatted(endpoint, answered, wanted.label());
  }

  private JsonNode parse(String body) {
    try {
      return Json.parse(body);
    } catch (JacksonException e) {
      throw new CannotRun(endpoint + " answers no JSON: " + e.getOriginalMessage(), e);
    }
  }
}
