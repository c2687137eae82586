package dev.quorate.bench;

import dev.quorate.bench.load.Plan;
import dev.quorate.bench.probe.CannotRun;
import dev.quorate.bench.text.Vocabulary;
import dev.quorate.bench.workload.StoreBulk;
import dev.quorate.bench.workload.Workload;
import java.util.SequencedMap;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fill`: loads a corpus by bulk requests. The same corpus again changes nothing.
@Command(
    name = "fill",
    description = "Loads a corpus of memories by bulk requests; the same corpus twice is one.")
final class FillCommand extends LoadCommand {
  private static final long COUNT_MAX = 1_000_000_000L;
  private static final int BODY_BYTES_MAX = 2 << 20;
  private static final int OTHER_BYTES_MAX = 400;

  @Mixin private TextOptions text = new TextOptions();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many memories [${DEFAULT-VALUE}].")
  private long count = 100_000;

  @Option(
      names = "--first",
      paramLabel = "N",
      description = "The number of the first, to enlarge a corpus [${DEFAULT-VALUE}].")
  private long first;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Memories in each request [${DEFAULT-VALUE}].")
  private int batch = 500;

  @Option(
      names = "--clients",
      paramLabel = "N",
      description = "Requests at a time [${DEFAULT-VALUE}].")
  private int clients = 2;

  @Override
  long itemsWanted() {
    return count;
  }

  @Override
  Plan plan(ServerOptions server, RunOptions run) {
    Ranges.check("--count", count, 1, COUNT_MAX);
    Ranges.check("--first", first, 0, COUNT_MAX);
    Ranges.check("--batch", batch, 1, StoreBulk.BATCH_MAX);
    var fitting = BODY_BYTES_MAX / (text.contentBytes() + OTHER_BYTES_MAX);
    if (batch > fitting) {
      throw new CannotRun(
          "--batch must be 1..%d with contents of %d bytes (a request holds 2 MiB): %d"
              .formatted(fitting, text.contentBytes(), batch));
    }
    return new Plan(
        server.endpoints(),
        server.apiKey(),
        Ranges.check("--clients", clients, 1, Plan.CLIENTS_MAX),
        0,
        0,
        0,
        (count + batch - 1) / batch,
        server.timeoutSeconds(),
        Set.of());
  }

  @Override
  Workload workload(Plan plan, long seed, SequencedMap<String, Object> settings) {
    var memories = text.memories(new Vocabulary(), seed, "corpus", settings);
    settings.put("count", count);
    settings.put("first", first);
    settings.put("batch", batch);
    return Workload.only(new StoreBulk(memories, first, count, batch));
  }
}
