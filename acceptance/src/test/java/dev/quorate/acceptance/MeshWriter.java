package dev.quorate.acceptance;

import dev.quorate.json.Json;
import dev.quorate.testkit.Answer;
import dev.quorate.testkit.MeshNode;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// A client that stores, changes and deletes memories of its own on one node, and remembers what
/// was acknowledged. A write that was not acknowledged may or may not have happened; what it was
/// about is not judged any more.
final class MeshWriter {
  private final MeshNode node;
  private final String namespace;
  private final SplittableRandom random;
  private final Map<String, String> kept = new HashMap<>();
  private final Set<String> deleted = new HashSet<>();
  private int number;

  MeshWriter(MeshNode node, String namespace, SplittableRandom random) {
    this.node = node;
    this.namespace = namespace;
    this.random = random;
  }

  /// Writes once. Returns whether it was acknowledged.
  boolean write() {
    var choice = random.nextInt(10);
    if (choice < 6 || kept.isEmpty()) return store();
    var ids = kept.keySet().stream().sorted().toList();
    var id = ids.get(random.nextInt(ids.size()));
    return choice < 9 ? change(id) : delete(id);
  }

  private boolean store() {
    var content = content();
    var memory = Json.object().put("title", "Memory " + number).put("content", content);
    memory.put("namespace", namespace);
    try {
      var answer = node.client().post("/api/v1/memories", memory);
      if (!acknowledged(answer, 201)) return false;
      kept.put(answer.json().get("id").asString(), content);
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private boolean change(String id) {
    var content = content();
    kept.remove(id);
    try {
      var body = Json.object().put("content", content);
      if (!acknowledged(node.client().put("/api/v1/memories/" + id, body), 200)) return false;
      kept.put(id, content);
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private boolean delete(String id) {
    kept.remove(id);
    try {
      if (!acknowledged(node.client().delete("/api/v1/memories/" + id), 200)) return false;
      deleted.add(id);
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static boolean acknowledged(Answer answer, int expected) {
    if (answer.status() == expected) return true;
    if (answer.status() == 503) return false;
    throw new AssertionError("a write was answered " + answer);
  }

  private String content() {
    return namespace + " version " + ++number;
  }

  int count() {
    return kept.size() + deleted.size();
  }

  /// What is wrong on a node that holds these contents by id; empty for nothing.
  List<String> complaints(Map<String, String> there) {
    var complaints = new HashSet<String>();
    kept.forEach((id, content) -> {
      if (!content.equals(there.get(id))) {
        complaints.add("%s is '%s' and not '%s'".formatted(id, there.get(id), content));
      }
    });
    for (var id : deleted) {
      if (there.containsKey(id)) complaints.add(id + " is back after its delete");
    }
    return complaints.stream().sorted().toList();
  }
}
