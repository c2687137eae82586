package dev.quorate.testkit;

import dev.quorate.json.Json;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a node answered.
public final class Answer {
  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;

  Answer(HttpResponse<byte[]> response) {
    this(response.statusCode(), response.headers(), response.body());
  }

  /// What somebody read off a connection of their own.
  public Answer(int status, HttpHeaders headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body.clone();
  }

  public int status() {
    return status;
  }

  /// The body as JSON.
  public JsonNode json() {
    return Json.parse(body);
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /// The body as it was sent.
  public byte[] bytes() {
    return body.clone();
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  @Override
  public String toString() {
    return status + " " + text();
  }
}
