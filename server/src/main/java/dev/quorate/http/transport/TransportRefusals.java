package dev.quorate.http.transport;

import dev.quorate.json.Json;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.Locale;

/// How Helidon answers what it refuses by itself: text that is not HTTP, or more of it than the
/// limits allow. Its own answers are empty.
final class TransportRefusals implements DirectHandler {
  private final HttpLimits limits;
  private final Observer observer;

  TransportRefusals(HttpLimits limits, Observer observer) {
    this.limits = limits;
    this.observer = observer;
  }

  /// This handler for every event that Helidon knows.
  DirectHandlers forAllEvents() {
    var handlers = DirectHandlers.builder();
    for (var event : EventType.values()) handlers.addHandler(event, this);
    return handlers.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType event,
      Status suggested,
      ServerResponseHeaders headers,
      String message) {
    // Our dispatcher lets no fault through, so an "internal error" is a parser that choked.
    var status = event == EventType.INTERNAL_ERROR ? Status.BAD_REQUEST_400 : suggested;
    observer.served(null, status.code(), 0);
    headers.set(HeaderNames.CONTENT_TYPE, Response.JSON);
    return TransportResponse.builder()
        .status(status)
        .headers(headers)
        .keepAlive(false)
        .entity(Json.utf8(Refusals.body(sentence(status))))
        .build();
  }

  private String sentence(Status status) {
    return switch (status.code()) {
      case 400 ->
          "malformed HTTP request, or headers of more than " + limits.headerBytesMax() + " bytes";
      case 413 -> String.valueOf(BodyReader.tooLarge(limits.bodyBytesMax()).getMessage());
      case 414 -> "request line is longer than " + limits.requestLineBytesMax() + " bytes";
      case 501 -> "transfer encoding is not supported";
      case 505 -> "HTTP version is not supported; use HTTP/1.1 or HTTP/2";
      default -> status.reasonPhrase().toLowerCase(Locale.ROOT);
    };
  }
}
