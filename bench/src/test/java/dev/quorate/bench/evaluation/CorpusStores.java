package dev.quorate.bench.evaluation;

import dev.quorate.bench.corpus.Corpus;
import dev.quorate.bench.probe.Probe;
import dev.quorate.bench.wire.Endpoint;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a corpus looks like when it is sent.
public final class CorpusStores {
  private CorpusStores() {}

  /// The memories as a server gets them.
  public static List<JsonNode> rows(Corpus corpus) {
    var nowhere = new Endpoint("127.0.0.1", 1);
    var store = new CorpusStore(new Probe(null), nowhere, "somewhere", corpus);
    return corpus.memories().stream().map(store::row).toList();
  }
}
