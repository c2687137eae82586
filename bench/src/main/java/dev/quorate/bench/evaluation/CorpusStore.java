package dev.quorate.bench.evaluation;

import dev.quorate.bench.corpus.Corpus;
import dev.quorate.bench.corpus.CorpusMemory;
import dev.quorate.bench.probe.CannotRun;
import dev.quorate.bench.probe.Probe;
import dev.quorate.bench.wire.Call;
import dev.quorate.bench.wire.Endpoint;
import dev.quorate.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A corpus in one namespace of a server. Ids are made of namespace and key, so that storing it
/// again changes nothing. All memories share the namespace, so that every question competes with
/// all of them; the namespaces within the corpus go into the metadata. Throws [CannotRun] for
/// answers with which it cannot go on.
public final class CorpusStore {
  private static final int BATCH = 100;
  private static final int PAGE = 1_000;

  private final Probe probe;
  private final Endpoint endpoint;
  private final String namespace;
  private final Corpus corpus;
  private final Map<String, CorpusMemory> byId = new HashMap<>();

  /// Is told how the loading stands.
  public interface Progress {
    void loaded(int count, int wanted);
  }

  public CorpusStore(Probe probe, Endpoint endpoint, String namespace, Corpus corpus) {
    this.probe = probe;
    this.endpoint = endpoint;
    this.namespace = namespace;
    this.corpus = corpus;
    for (var memory : corpus.memories()) byId.put(id(memory), memory);
  }

  /// The key of a memory by the id that the server knows it by; the id itself for a memory that is
  /// none of the corpus.
  public String key(String id) {
    var memory = byId.get(id);
    return memory == null ? id : memory.key();
  }

  /// Stores what is not there yet.
  public Loaded load(Progress progress) {
    var present = present();
    var changed = 0;
    for (var row : present.values()) {
      if (isChanged(row)) changed++;
    }
    var missing =
        corpus.memories().stream().filter(memory -> !present.containsKey(id(memory))).toList();
    for (var from = 0; from < missing.size(); from += BATCH) {
      progress.loaded(present.size() + from, corpus.memories().size());
      store(missing.subList(from, Math.min(from + BATCH, missing.size())));
    }
    return new Loaded(missing.size(), present.size(), changed);
  }

  /// The memories of the corpus that the server has, by id.
  private Map<String, JsonNode> present() {
    var present = new HashMap<String, JsonNode>();
    var more = true;
    for (var offset = 0; more; ) {
      var target =
          "/api/v1/memories?namespace=%s&limit=%d&offset=%d".formatted(namespace, PAGE, offset);
      var page = parse(probe.ask(endpoint, target));
      var rows = page.path("memories");
      for (var row : rows) {
        var id = row.path("id").asString("");
        if (byId.containsKey(id)) present.put(id, row);
      }
      offset += rows.size();
      more = Probe.mayGoOn(page, PAGE);
    }
    return present;
  }

  private boolean isChanged(JsonNode row) {
    var memory = byId.get(row.path("id").asString(""));
    if (memory == null) return false;
    if (!memory.content().equals(row.path("content").asString(""))
        || !memory.title().equals(row.path("title").asString(""))) {
      throw new CannotRun(
          "the namespace %s holds another state of the corpus (%s differs): choose another one by --namespace"
              .formatted(namespace, memory.key()));
    }
    return memory.priority() != row.path("priority").asInt(0)
        || !memory.tier().equals(row.path("tier").asString(""));
  }

  private void store(List<CorpusMemory> memories) {
    var body = Json.object();
    var rows = body.putArray("memories");
    for (var memory : memories) rows.add(row(memory));
    var call = new Call();
    call.post("/api/v1/import").append(Json.utf8(body));
    var answer = probe.exchange(endpoint, call);
    if (answer.status() != 200) {
      throw new CannotRun(
          "%s answers %d to an import: %s".formatted(endpoint, answer.status(), answer.example()));
    }
    var report = parse(answer.body());
    if (!report.path("errors").isEmpty()) {
      throw new CannotRun(
          "%s refuses a memory of the corpus: %s"
              .formatted(endpoint, report.path("errors").get(0).asString("")));
    }
    if (!report.path("remapped").isEmpty()) {
      throw new CannotRun(
          "the namespace %s has held this corpus before, and memories were deleted: choose another one by --namespace"
              .formatted(namespace));
    }
  }

  JsonNode row(CorpusMemory memory) {
    var row =
        Json.object()
            .put("id", id(memory))
            .put("tier", memory.tier())
            .put("namespace", namespace)
            .put("title", memory.title())
            .put("content", memory.content())
            .put("priority", memory.priority())
            .put("confidence", 1.0)
            .put("source", "import")
            .put("access_count", 0)
            .put("created_at", memory.createdAt().toString())
            .put("updated_at", memory.createdAt().toString());
    var tags = row.putArray("tags");
    memory.tags().forEach(tags::add);
    row.putObject("metadata")
        .put("corpus_key", memory.key())
        .put("corpus_namespace", memory.namespace());
    return row;
  }

  private String id(CorpusMemory memory) {
    var name = namespace + "\n" + memory.key();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private JsonNode parse(String body) {
    try {
      return Json.parse(body);
    } catch (JacksonException e) {
      throw new CannotRun(endpoint + " answers no JSON: " + e.getOriginalMessage(), e);
    }
  }
}
