package dev.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.Client;
import dev.quorate.testkit.TestNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A fresh node for each test, and the words that the tests share.
abstract class NodeTest {
  static final String MEMORIES = "/api/v1/memories";

  @TempDir Path data;
  TestNode node;
  Client client;

  @BeforeEach
  void startNode() {
    node = TestNode.start(data);
    client = node.client();
  }

  @AfterEach
  void stopNode() {
    node.close();
  }

  static ObjectNode memory(String title, String content) {
    return Json.object().put("title", title).put("content", content);
  }

  /// Stores a memory and returns its id.
  String store(ObjectNode memory) {
    var answer = client.post(MEMORIES, memory);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.json().get("id").asString();
  }

  String store(String title, String content) {
    return store(memory(title, content));
  }

  static JsonNode ok(Answer answer) {
    return answered(200, answer);
  }

  static JsonNode answered(int status, Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    return answer.json();
  }

  /// Asserts a failure with this status and a sentence that has these words.
  static JsonNode refused(int status, Answer answer, String... words) {
    var json = answered(status, answer);
    assertThat(json.path("error").asString()).isNotEmpty();
    for (var word : words) assertThat(json.get("error").asString()).contains(word);
    return json;
  }

  static JsonNode memoryOf(Answer answer) {
    return ok(answer).get("memory");
  }
}
