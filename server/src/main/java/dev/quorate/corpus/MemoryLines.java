package dev.quorate.corpus;

import dev.quorate.failure.RequestFailure.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/// A file with one memory or link of this API a line.
final class MemoryLines implements Corpus {
  private final Path file;
  private final Placement placement;

  MemoryLines(Path file, Placement placement) {
    this.file = file;
    this.placement = placement;
  }

  @Override
  public void read(Sink sink) throws IOException {
    var time = Files.getLastModifiedTime(file).toInstant();
    var memories = new MemoryShape(placement, time);
    var links = new LinkShape(time);
    Lines.read(file, sink, (object, place) -> take(object, place, memories, links, sink));
  }

  private static void take(
      ObjectNode object, String place, MemoryShape memories, LinkShape links, Sink sink) {
    try {
      if (LinkShape.isLink(object)) sink.link(links.complete(object), place);
      else sink.memory(memories.complete(object), place);
    } catch (Invalid e) {
      sink.fault(place + ": " + e.getMessage());
    }
  }
}
