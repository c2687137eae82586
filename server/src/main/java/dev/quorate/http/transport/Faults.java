package dev.quorate.http.transport;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// What is said of a request that failed through no fault of the client: one warning for the
/// operator, and to the client nothing but the id by which to find it.
final class Faults {
  private static final System.Logger LOG = System.getLogger(Faults.class.getName());

  private Faults() {}

  static Response answer(Exchange exchange, Throwable fault) {
    var id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    LOG.log(
        System.Logger.Level.WARNING,
        () -> "request " + id + " failed: " + what(exchange) + ": " + LogText.trace(fault));
    return Refusals.internal(id);
  }

  static void timedOut(Exchange exchange, long millis) {
    LOG.log(
        System.Logger.Level.WARNING,
        () -> "request timed out after " + millis + " ms: " + what(exchange));
  }

  /// Without the query, which may hold an API key.
  private static String what(Exchange exchange) {
    var prologue = exchange.request().prologue();
    return LogText.escaped(prologue.method().text() + " " + prologue.uriPath().rawPath());
  }
}
