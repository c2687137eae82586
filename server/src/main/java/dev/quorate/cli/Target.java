package dev.quorate.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A path below `/api/v1` with its query, percent-encoded.
///
/// @param text as it stands in a request
record Target(String text) {
  /// A route.
  ///
  /// @param segments plain text, one path segment each
  static Target of(String... segments) {
    var text = new StringBuilder("/api/v1");
    for (var segment : segments) text.append('/').append(encode(segment));
    return new Target(text.toString());
  }

  /// The same with one more parameter; absent values add nothing.
  Target with(String name, @Nullable Object value) {
    if (value == null) return this;
    var separator = text.indexOf('?') < 0 ? '?' : '&';
    return new Target(text + separator + name + '=' + encode(value.toString()));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
