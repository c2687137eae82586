package dev.quorate.bench.probe;

import dev.quorate.bench.wire.Call;
import dev.quorate.bench.wire.ConnectFailed;
import dev.quorate.bench.wire.Connection;
import dev.quorate.bench.wire.Endpoint;
import dev.quorate.bench.workload.Ids;
import dev.quorate.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Asks a server the few things that a run must know before it begins. Throws [CannotRun] where the
/// answer forbids it.
public final class Probe {
  private static final int PAGE = 1_000;
  private static final long DEADLINE_SECONDS = 10;
  private static final int EXAMPLE_LENGTH_MAX = 200;

  private final @Nullable String apiKey;
  private final long deadlineSeconds;

  /// What a server answered, of any status.
  public record Answer(int status, String body) {
    /// The beginning of the body, to be shown.
    public String example() {
      return body.length() <= EXAMPLE_LENGTH_MAX ? body : body.substring(0, EXAMPLE_LENGTH_MAX);
    }
  }

  public Probe(@Nullable String apiKey) {
    this(apiKey, DEADLINE_SECONDS);
  }

  /// Waits so long for each answer.
  public Probe(@Nullable String apiKey, long deadlineSeconds) {
    this.apiKey = apiKey;
    this.deadlineSeconds = deadlineSeconds;
  }

  /// Makes sure that every server answers and takes the API key.
  public void check(List<Endpoint> endpoints) {
    for (var endpoint : endpoints) {
      ask(endpoint, "/api/v1/health");
      ask(endpoint, "/api/v1/memories?limit=1");
    }
  }

  /// Ids of up to `idsMax` memories that the server has; throws when it has none.
  public Ids ids(Endpoint endpoint, int idsMax) {
    var ids = new Ids();
    var more = true;
    for (var offset = 0; offset < idsMax && more; ) {
      var limit = Math.min(PAGE, idsMax - offset);
      var text = ask(endpoint, "/api/v1/memories?limit=" + limit + "&offset=" + offset);
      try {
        var page = Json.parse(text);
        var memories = page.path("memories");
        for (var memory : memories) ids.add(memory.path("id").asString(""));
        offset += memories.size();
        more = mayGoOn(page, limit);
      } catch (JacksonException e) {
        throw new CannotRun(endpoint + " lists its memories in no JSON", e);
      }
    }
    if (ids.isEmpty()) throw new CannotRun(endpoint + " has no memories to get; run fill first");
    return ids;
  }

  /// Whether there may be more memories behind a page of a list: one of long memories ends early,
  /// and says so.
  public static boolean mayGoOn(JsonNode page, int limit) {
    return page.path("memories").size() == limit || page.path("truncated").asBoolean(false);
  }

  /// The body of a 200 answer to a GET.
  public String ask(Endpoint endpoint, String target) {
    var call = new Call();
    call.get().append(target);
    var answer = exchange(endpoint, call);
    if (answer.status() == 200) return answer.body();
    throw new CannotRun(
        "%s answers %d to %s: %s".formatted(endpoint, answer.status(), target, answer.example()));
  }

  /// What the server answers to one request on a connection of its own; throws where there is no
  /// answer, or none without another API key.
  public Answer exchange(Endpoint endpoint, Call call) {
    try (var connection = new Connection(endpoint, apiKey);
        var _ = new Deadline(connection, TimeUnit.SECONDS.toNanos(deadlineSeconds))) {
      var response = connection.exchange(call);
      if (response.status() == 401) {
        throw new CannotRun(
            endpoint + (apiKey == null ? " wants an API key (--api-key)" : " refuses the API key"));
      }
      return new Answer(response.status(), response.body());
    } catch (ConnectFailed e) {
      throw new CannotRun(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CannotRun(
          "%s gives no answer to %s: %s".formatted(endpoint, call.target(), e.getMessage()), e);
    }
  }
}
