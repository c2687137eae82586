package dev.quorate.bench;

import dev.quorate.bench.load.Plan;
import dev.quorate.bench.probe.CannotRun;
import dev.quorate.bench.text.Vocabulary;
import dev.quorate.bench.workload.FindMemories;
import dev.quorate.bench.workload.FindMemories.Way;
import dev.quorate.bench.workload.GetMemory;
import dev.quorate.bench.workload.Ids;
import dev.quorate.bench.workload.Mixed;
import dev.quorate.bench.workload.Mixed.Share;
import dev.quorate.bench.workload.Operation;
import dev.quorate.bench.workload.StoreMemory;
import dev.quorate.bench.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mixed`: stores, gets, recalls and searches by weight.
@Command(
    name = "mixed",
    description = "Stores, gets, recalls and searches by weight; gets what it stored.")
final class MixedCommand extends LoopCommand {
  private static final int WEIGHT_MAX = 1_000;
  private static final String SHAPE = "--mix must look like store=20,get=30,recall=45,search=5";

  @Mixin private TextOptions text = new TextOptions();
  @Mixin private QueryOptions query = new QueryOptions();

  @Option(
      names = "--mix",
      paramLabel = "NAME=WEIGHT",
      split = ",",
      description = "How often each comes up [store=20,get=30,recall=45,search=5].")
  private Map<String, Integer> weights = new LinkedHashMap<>();

  @Override
  Workload workload(Plan plan, long seed, SequencedMap<String, Object> settings) {
    if (weights.isEmpty()) weights = Map.of("store", 20, "get", 30, "recall", 45, "search", 5);
    var vocabulary = new Vocabulary();
    var memories = text.memories(vocabulary, seed, TextOptions.labelOfNow(), settings);
    var queries = query.queries(vocabulary, seed, settings);
    var ids = new Ids();
    var operations = new LinkedHashMap<String, Operation>();
    operations.put("store", new StoreMemory(memories, ids));
    operations.put("get", new GetMemory(ids, seed));
    operations.put("recall", new FindMemories(Way.RECALL, queries, query.limit()));
    operations.put("search", new FindMemories(Way.SEARCH, queries, query.limit()));
    for (var name : weights.keySet()) {
      if (!operations.containsKey(name)) throw new CannotRun(SHAPE + ": " + name);
    }
    var shares = new ArrayList<Share>();
    operations.forEach((name, operation) -> {
      var weight = Ranges.check("--mix " + name, weights.getOrDefault(name, 0), 0, WEIGHT_MAX);
      settings.put(name, weight);
      if (weight > 0) shares.add(new Share(operation, weight));
    });
    if (shares.isEmpty()) throw new CannotRun(SHAPE + ", with one weight above 0");
    return new Mixed(shares, seed);
  }
}
