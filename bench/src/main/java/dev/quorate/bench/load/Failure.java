package dev.quorate.bench.load;

import dev.quorate.bench.wire.ConnectFailed;
import dev.quorate.bench.wire.MalformedResponse;
import dev.quorate.bench.wire.TimedOut;
import java.io.IOException;

/// Why a request failed: a kind to count by, and a sentence as an example of it.
record Failure(String kind, String example) {
  static Failure of(IOException e) {
    var message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return switch (e) {
      case ConnectFailed _ -> new Failure("connect", message);
      case TimedOut _ -> new Failure("timeout", message);
      case MalformedResponse _ -> new Failure("malformed", message);
      default -> new Failure("broken connection", message);
    };
  }

  static Failure ofStatus(int status, String body) {
    return new Failure("status " + status, body);
  }

  static Failure ofAnswer(String sentence) {
    return new Failure("answer", sentence);
  }
}
