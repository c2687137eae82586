package dev.quorate.bench.wire;

import java.nio.charset.StandardCharsets;

/// One answer. It is a view of its connection's buffer and valid until the next request.
public final class Response {
  byte[] bytes = new byte[0];
  int bodyStart;
  int bodyLength;
  int status;
  boolean keepsAlive;

  Response() {}

  public int status() {
    return status;
  }

  public String body() {
    return body(bodyLength);
  }

  /// The body, or its beginning where it is longer than so many bytes.
  public String body(int bytesMax) {
    return new String(bytes, bodyStart, Math.min(bodyLength, bytesMax), StandardCharsets.UTF_8);
  }

  /// The number behind the last occurrence of a member's name in a JSON body, or -1. Much cheaper
  /// than parsing, and enough for answers whose shape is known.
  public long lastNumber(String name) {
    var at = behindLast(name);
    if (at < 0) return -1;
    var end = bodyStart + bodyLength;
    var number = -1L;
    for (; at < end && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
      number = Math.max(number, 0) * 10 + bytes[at] - '0';
    }
    return number;
  }

  /// The text behind the first occurrence of a member's name in a JSON body, or an empty one. For
  /// texts without escapes, such as ids.
  public String firstText(String name) {
    var at = behindFirst(name);
    var end = bodyStart + bodyLength;
    if (at < 0 || at >= end || bytes[at] != '"') return "";
    var start = ++at;
    while (at < end && bytes[at] != '"') at++;
    return new String(bytes, start, at - start, StandardCharsets.UTF_8);
  }

  private int behindFirst(String name) {
    for (var at = bodyStart; at <= lastStart(name); at++) {
      if (stands(name, at)) return valueAt(at + name.length() + 2);
    }
    return -1;
  }

  private int behindLast(String name) {
    for (var at = lastStart(name); at >= bodyStart; at--) {
      if (stands(name, at)) return valueAt(at + name.length() + 2);
    }
    return -1;
  }

  private int lastStart(String name) {
    return bodyStart + bodyLength - name.length() - 3;
  }

  private boolean stands(String name, int at) {
    if (bytes[at] != '"') return false;
    for (var i = 0; i < name.length(); i++) {
      if (bytes[at + 1 + i] != name.charAt(i)) return false;
    }
    return bytes[at + 1 + name.length()] == '"';
  }

  /// Skips the colon and the blanks around it.
  private int valueAt(int behindName) {
    var at = behindName;
    var end = bodyStart + bodyLength;
    while (at < end && (bytes[at] == ':' || bytes[at] == ' ')) at++;
    return at;
  }
}
