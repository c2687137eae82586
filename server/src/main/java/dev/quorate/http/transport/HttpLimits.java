package dev.quorate.http.transport;

/// What one client may take of the server: bytes, milliseconds and places.
///
/// @param bodyBytesMax the largest request body; one byte more is 413
/// @param requestLineBytesMax the longest request line, query included; longer is 414
/// @param headerBytesMax the largest sum of a request's headers
/// @param receiveMillis from the first byte of a request to its last, however steadily it drips
/// @param requestMillis how long a handler may take before the caller is answered 504
/// @param sendMillis how long the client may take to accept the next 64 KiB of an answer
/// @param idleMillis how long a connection may stay without a request, the first one included
/// @param graceMillis how long requests under way may go on after [HttpServer#close]
/// @param requestsMax requests under way at once; the next is answered 503
/// @param connectionsMax connections at once; the next is answered 503 and closed
public record HttpLimits(
    int bodyBytesMax,
    int requestLineBytesMax,
    int headerBytesMax,
    long receiveMillis,
    long requestMillis,
    long sendMillis,
    long idleMillis,
    long graceMillis,
    int requestsMax,
    int connectionsMax) {

  public HttpLimits {
    atLeastOne("bodyBytesMax", bodyBytesMax);
    atLeastOne("requestLineBytesMax", requestLineBytesMax);
    atLeastOne("headerBytesMax", headerBytesMax);
    atLeastOne("receiveMillis", receiveMillis);
    atLeastOne("requestMillis", requestMillis);
    atLeastOne("sendMillis", sendMillis);
    atLeastOne("idleMillis", idleMillis);
    atLeastOne("graceMillis", graceMillis);
    atLeastOne("requestsMax", requestsMax);
    atLeastOne("connectionsMax", connectionsMax);
  }

  public static HttpLimits defaults() {
    return new HttpLimits(
        2 << 20, 16 << 10, 16 << 10, 30_000, 60_000, 30_000, 300_000, 10_000, 1_024, 4_096);
  }

  /// How often deadlines are looked at: often enough to be kept within an eighth of the shortest,
  /// seldom enough to cost nothing.
  long watchMillis() {
    var shortest =
        Math.min(Math.min(receiveMillis, requestMillis), Math.min(sendMillis, idleMillis));
    return Math.clamp(shortest / 8, 5, 250);
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) throw new IllegalArgumentException(name + " must be at least 1: " + value);
  }
}
