package dev.quorate.acceptance;

import dev.quorate.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One request exactly as it goes over the wire, right or wrong.
///
/// Its target is path and query as they are sent; its headers are pairs of name and value, without
/// those that the transfer itself needs.
final class Call {
  static final String JSON = "application/json";

  private final String method;
  private final String target;
  private final byte @Nullable [] body;
  private final List<String> headers;

  Call(String method, String target, byte @Nullable [] body, List<String> headers) {
    this.method = method;
    this.target = target;
    this.body = body;
    this.headers = headers;
  }

  String method() {
    return method;
  }

  String target() {
    return target;
  }

  /// Absent for a request without one.
  byte @Nullable [] body() {
    return body;
  }

  List<String> headers() {
    return headers;
  }

  static Call of(String method, String target) {
    return new Call(method, target, null, List.of());
  }

  Call json(JsonNode value) {
    return json(Json.utf8(value));
  }

  Call json(byte[] text) {
    return body(text, JSON);
  }

  /// A body under a content type; under none when that is empty.
  Call body(byte[] bytes, String contentType) {
    var typed = new Call(method, target, bytes, headers);
    return contentType.isEmpty() ? typed : typed.header("Content-Type", contentType);
  }

  Call header(String name, String value) {
    var all = new ArrayList<>(headers);
    all.add(name);
    all.add(value);
    return new Call(method, target, body, List.copyOf(all));
  }

  /// The same request with another method.
  Call by(String otherMethod) {
    return new Call(otherMethod, target, body, headers);
  }

  /// The same request with `parameter` at the end of its query.
  Call asking(String parameter) {
    var joined = target + (target.contains("?") ? "&" : "?") + parameter;
    return new Call(method, joined, body, headers);
  }
}
