package dev.quorate.bench;

import dev.quorate.bench.load.Plan;
import dev.quorate.bench.text.Vocabulary;
import dev.quorate.bench.workload.Ids;
import dev.quorate.bench.workload.StoreMemory;
import dev.quorate.bench.workload.Workload;
import java.util.SequencedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `store`: one new memory a request.
@Command(name = "store", description = "Stores one new memory a request.")
final class StoreCommand extends LoopCommand {
  @Mixin private TextOptions text = new TextOptions();

  @Override
  Workload workload(Plan plan, long seed, SequencedMap<String, Object> settings) {
    var memories = text.memories(new Vocabulary(), seed, TextOptions.labelOfNow(), settings);
    return Workload.only(new StoreMemory(memories, new Ids()));
  }
}
