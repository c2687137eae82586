package dev.quorate.bench.micro;

import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import dev.quorate.time.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/// Durable stores a second, each synced, alone and in the batches that 64 waiting writers make.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class WriterBenchmark {
  private final Path directory = temporary();
  private final Store store =
      SqliteStore.open(directory, "host:bench", StoreOptions.readers(1), InstantSource.system());

  @Setup
  public void fill() {
    for (var i = 0; i < 1_000; i++) save();
  }

  @Benchmark
  public Stamp alone() {
    return save();
  }

  @Benchmark
  @Threads(64)
  public Stamp batched() {
    return save();
  }

  private Stamp save() {
    var memory = Samples.memory(UUID.randomUUID().toString());
    return store.write(transaction -> transaction.save(memory)).value();
  }

  @TearDown
  public void remove() throws IOException {
    store.close();
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("quorate-bench");
    } catch (IOException e) {
      throw new IllegalStateException("no temporary directory", e);
    }
  }
}
