package dev.quorate.http.transport;

import dev.quorate.failure.RequestFailure;
import dev.quorate.json.Json;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// How a failed request is answered.
final class Refusals {
  private Refusals() {}

  static Response of(RequestFailure failure) {
    return switch (failure) {
      case RequestFailure.Invalid f -> error(400, f);
      case RequestFailure.Unauthorised f -> error(401, f);
      case RequestFailure.Forbidden f -> error(403, f);
      case RequestFailure.NotFound f -> error(404, f);
      case RequestFailure.MethodNotAllowed f -> error(405, f);
      case RequestFailure.Conflict f -> error(409, f);
      case RequestFailure.PreconditionFailed f -> error(412, f);
      case RequestFailure.TooLarge f -> error(413, f);
      case RequestFailure.UnsupportedMedia f -> error(415, f);
      case RequestFailure.Unprocessable f -> error(422, f);
      case RequestFailure.QuotaExceeded f -> quotaExceeded(f);
      case RequestFailure.Overloaded f -> overloaded(f);
      case RequestFailure.Behind f -> behind(f);
      case RequestFailure.Unavailable f -> error(503, f);
      case RequestFailure.StorageRefused f -> error(503, f);
      case RequestFailure.TimedOut _ -> timedOut();
    };
  }

  static Response timedOut() {
    return Response.json(504, body("request timed out"));
  }

  /// A fault of ours; the id is in the log.
  static Response internal(String requestId) {
    return Response.json(500, body("internal server error").put("request_id", requestId));
  }

  static ObjectNode body(String sentence) {
    return Json.object().put("error", sentence);
  }

  /// The headers are those that clients of ai-memory look at.
  private static Response quotaExceeded(RequestFailure.QuotaExceeded failure) {
    var seconds = Math.max(1, failure.untilReset().plusMillis(999).toSeconds());
    return error(429, failure)
        .with("x-quota-reset-at", failure.resetAt().toString())
        .with("x-quota-limit", failure.limit())
        .with("Retry-After", Long.toString(seconds));
  }

  private static Response overloaded(RequestFailure.Overloaded failure) {
    var body = body("overloaded").put("reason", failure.getMessage());
    return Response.json(503, body).with("Retry-After", "1");
  }

  private static Response behind(RequestFailure.Behind failure) {
    var body = body("behind").put("reason", failure.getMessage());
    return Response.json(503, body).with("Retry-After", "1");
  }

  private static Response error(int status, RequestFailure failure) {
    var body = body(String.valueOf(failure.getMessage()));
    // Sorted, because the map's own order differs from run to run.
    new TreeMap<>(failure.details())
        .forEach((name, value) -> body.set(name, Json.mapper().valueToTree(value)));
    return Response.json(status, body);
  }
}
