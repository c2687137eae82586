package dev.quorate.cli;

import dev.quorate.corpus.Destination;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/// `POST /api/v1/import` of a node. A node that is overloaded is given time; sending a body again
/// is safe, since an import that runs twice ends as one that ran once.
final class ImportRoute implements Destination {
  private static final int ATTEMPTS_MAX = 10;
  private static final int WAIT_SECS_MAX = 30;

  private final Client client;

  ImportRoute(Client client) {
    this.client = client;
  }

  @Override
  public Answer send(byte[] body) {
    for (var attempt = 1; ; attempt++) {
      var reply = client.send("POST", Target.of("import"), body);
      switch (reply.status()) {
        case 200, 201, 202 -> {
          return taken(reply);
        }
        case 400, 413, 422 -> {
          return new Refused(reply.sentence());
        }
        case 429, 503 -> {
          if (attempt == ATTEMPTS_MAX) throw reply.failure();
          pause(reply.retryAfter());
        }
        default -> throw reply.failure();
      }
    }
  }

  private static Taken taken(Reply reply) {
    var json = reply.json();
    var errors = new ArrayList<String>();
    for (var error : json.path("errors")) errors.add(error.asString(""));
    var remapped = new LinkedHashMap<String, String>();
    for (var pair : json.path("remapped").properties()) {
      remapped.put(pair.getKey(), pair.getValue().asString(""));
    }
    return new Taken(json.path("imported").asLong(0), errors, remapped);
  }

  private static void pause(String retryAfter) {
    var seconds = retryAfter.matches("[0-9]{1,4}") ? Integer.parseInt(retryAfter) : 1;
    try {
      Thread.sleep(Duration.ofSeconds(Math.min(seconds, WAIT_SECS_MAX)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted");
    }
  }
}
