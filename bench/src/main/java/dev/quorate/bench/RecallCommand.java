package dev.quorate.bench;

import dev.quorate.bench.load.Plan;
import dev.quorate.bench.text.Vocabulary;
import dev.quorate.bench.workload.FindMemories;
import dev.quorate.bench.workload.FindMemories.Way;
import dev.quorate.bench.workload.Workload;
import java.util.SequencedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `recall`: one query of keywords a request.
@Command(
    name = "recall",
    description = "Recalls memories by words that the stored texts are made of.")
final class RecallCommand extends LoopCommand {
  @Mixin private QueryOptions query = new QueryOptions();

  @Option(names = "--post", description = "Ask by POST instead of GET.")
  private boolean post;

  @Override
  Workload workload(Plan plan, long seed, SequencedMap<String, Object> settings) {
    var queries = query.queries(new Vocabulary(), seed, settings);
    settings.put("method", post ? "POST" : "GET");
    var way = post ? Way.RECALL_BY_POST : Way.RECALL;
    return Workload.only(new FindMemories(way, queries, query.limit()));
  }
}
