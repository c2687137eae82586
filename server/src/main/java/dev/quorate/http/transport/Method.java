package dev.quorate.http.transport;

import org.jspecify.annotations.Nullable;

/// The methods that routes are defined for. `HEAD` is answered wherever `GET` is, by the same
/// handler; one that notes what it shows asks [Request#isHead].
public enum Method {
  GET,
  POST,
  PUT,
  DELETE;

  /// The route method that serves a method of the wire; null for one that no route can have.
  static @Nullable Method serving(String wireName) {
    return switch (wireName) {
      case "GET", "HEAD" -> GET;
      case "POST" -> POST;
      case "PUT" -> PUT;
      case "DELETE" -> DELETE;
      default -> null;
    };
  }
}
