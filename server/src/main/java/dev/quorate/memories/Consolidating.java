package dev.quorate.memories;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.failure.RequestFailure.NotFound;
import dev.quorate.json.Json;
import dev.quorate.memory.Memory;
import dev.quorate.memory.MemoryId;
import dev.quorate.memory.Provenance;
import dev.quorate.memory.Rules;
import dev.quorate.memory.Tier;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Making one memory out of several. Thread-safe; runs inside a transaction of its caller.
public final class Consolidating {
  public static final int SOURCES_MIN = 2;
  public static final int SOURCES_MAX = 100;

  private final Lifetimes lifetimes;

  public Consolidating(Lifetimes lifetimes) {
    this.lifetimes = lifetimes;
  }

  /// What is to be consolidated into what.
  ///
  /// @param summary the content, absent for one made of the sources
  public record Plan(
      List<String> ids,
      String title,
      @Nullable String summary,
      String namespace,
      Tier tier,
      String agentId) {

    /// Whether a memory is what this plan has made before.
    public boolean made(Memory memory) {
      var metadata = Json.parse(memory.metadata());
      var sources = metadata.path("derived_from").valueStream().map(JsonNode::asString).toList();
      return memory.title().equals(title)
          && memory.namespace().equals(namespace)
          && memory.tier() == tier
          && (summary == null || memory.content().equals(summary))
          && agentId.equals(memory.agentId())
          && sources.equals(ids);
    }
  }

  /// Stores the consolidated memory and deletes its sources, in one step to every reader.
  ///
  /// @throws NotFound when a source is not live
  public Memory consolidate(Transaction transaction, Plan plan) {
    var sources = new ArrayList<StoredMemory>();
    for (var id : plan.ids()) {
      sources.add(
          transaction
              .memory(Rules.id(id))
              .filter(StoredMemory::live)
              .orElseThrow(() -> new NotFound("memory not found: " + Rules.quote(id))));
    }
    var ids = sources.stream().map(StoredMemory::id).distinct().toList();
    if (ids.size() < SOURCES_MIN) {
      throw new Invalid("ids must name at least 2 different memories");
    }
    var twin = transaction.liveByTitle(plan.namespace(), plan.title());
    if (twin.isPresent() && !ids.contains(twin.get().id())) {
      throw Remembering.titleTaken(plan.title(), plan.namespace(), twin.get().id());
    }
    var memories = sources.stream().map(StoredMemory::memory).toList();
    var now = transaction.stamp().instant();
    var memory =
        new Memory(
            MemoryId.fresh(transaction.nowMillis()),
            plan.namespace(),
            plan.title(),
            plan.summary() != null ? plan.summary() : summaryOf(memories),
            plan.tier(),
            tagsOf(memories),
            memories.stream().mapToInt(Memory::priority).max().orElseThrow(),
            memories.stream().mapToDouble(Memory::confidence).max().orElseThrow(),
            "consolidation",
            now,
            lifetimes.expiry(plan.tier(), Instant.ofEpochMilli(transaction.nowMillis())),
            metadata(plan.agentId(), ids, memories),
            Provenance.PLAIN,
            1);
    transaction.together();
    transaction.save(memory);
    ids.forEach(id -> transaction.delete(id, memory.id()));
    return memory;
  }

  private static String metadata(String agentId, List<String> ids, List<Memory> memories) {
    var metadata = Json.object().put("agent_id", agentId);
    var from = metadata.putArray("consolidated_from_agents");
    var agents = new LinkedHashSet<String>();
    for (var memory : memories) {
      if (memory.agentId() != null) agents.add(memory.agentId());
    }
    agents.forEach(from::add);
    var derived = metadata.putArray("derived_from");
    ids.forEach(derived::add);
    return Json.canonical(metadata);
  }

  private static List<String> tagsOf(List<Memory> memories) {
    return memories.stream()
        .flatMap(memory -> memory.tags().stream())
        .distinct()
        .limit(Rules.TAGS_MAX)
        .toList();
  }

  /// Every source under its title, each cut so that all of them fit.
  private static String summaryOf(List<Memory> memories) {
    // Four bytes is the most that a character takes, and titles need room beside the contents.
    var each = Rules.CONTENT_BYTES_MAX / memories.size() / 4 - Rules.TITLE_CHARACTERS_MAX / 4 - 8;
    var summary = new StringBuilder();
    for (var memory : memories) {
      if (!summary.isEmpty()) summary.append("\n\n");
      summary.append(cut(memory.title(), 100)).append(": ");
      summary.append(cut(memory.content(), Math.max(each, 20)));
    }
    return summary.toString();
  }

  private static String cut(String text, int charactersMax) {
    if (text.codePointCount(0, text.length()) <= charactersMax) return text;
    return text.substring(0, text.offsetByCodePoints(0, charactersMax - 1)) + "…";
  }
}
