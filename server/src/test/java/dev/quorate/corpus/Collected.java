package dev.quorate.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Everything that a corpus holds.
final class Collected implements Sink {
  final List<ObjectNode> memories = new ArrayList<>();
  final List<ObjectNode> links = new ArrayList<>();
  final List<String> places = new ArrayList<>();
  final List<String> faults = new ArrayList<>();
  final List<String> remarks = new ArrayList<>();

  static Collected of(Path path, Format format, Placement placement) throws IOException {
    var collected = new Collected();
    Corpus.open(path, format, placement).read(collected);
    return collected;
  }

  static Collected of(Path path) throws IOException {
    return of(path, Format.AUTO, new Placement("global", null));
  }

  Stream<String> all(String field) {
    return memories.stream().map(memory -> memory.path(field).asString(""));
  }

  ObjectNode titled(String title) {
    return memories.stream()
        .filter(memory -> memory.get("title").asString().equals(title))
        .findFirst()
        .orElseThrow();
  }

  String content(String title) {
    return titled(title).get("content").asString();
  }

  @Override
  public void memory(ObjectNode memory, String place) {
    memories.add(memory);
    places.add(place);
  }

  @Override
  public void link(ObjectNode link, String place) {
    links.add(link);
  }

  @Override
  public void fault(String sentence) {
    faults.add(sentence);
  }

  @Override
  public void remark(String sentence) {
    remarks.add(sentence);
  }
}
