package dev.quorate.bench.wire;

import dev.quorate.bench.text.Ascii;

/// One request, filled again and again by its owner. Not thread-safe.
public final class Call {
  private final Ascii target = new Ascii(256);
  private final Ascii body = new Ascii(1_024);
  private boolean post;

  /// Begins a GET; the caller appends path and query to what this returns.
  public Ascii get() {
    post = false;
    body.clear();
    return target.clear();
  }

  /// Begins a POST to a path; the caller appends the JSON body to what this returns.
  public Ascii post(String path) {
    post = true;
    target.clear().append(path);
    return body.clear();
  }

  public Ascii target() {
    return target;
  }

  public Ascii body() {
    return body;
  }

  public boolean isPost() {
    return post;
  }
}
