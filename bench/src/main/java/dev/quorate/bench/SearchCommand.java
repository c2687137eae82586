package dev.quorate.bench;

import dev.quorate.bench.load.Plan;
import dev.quorate.bench.text.Vocabulary;
import dev.quorate.bench.workload.FindMemories;
import dev.quorate.bench.workload.FindMemories.Way;
import dev.quorate.bench.workload.Workload;
import java.util.SequencedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `search`: one search for memories that hold every word, a request.
@Command(name = "search", description = "Searches memories that hold all of some words.")
final class SearchCommand extends LoopCommand {
  @Mixin private QueryOptions query = new QueryOptions();

  @Override
  Workload workload(Plan plan, long seed, SequencedMap<String, Object> settings) {
    var queries = query.queries(new Vocabulary(), seed, settings);
    return Workload.only(new FindMemories(Way.SEARCH, queries, query.limit()));
  }
}
