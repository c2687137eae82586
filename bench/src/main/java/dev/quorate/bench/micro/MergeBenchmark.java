package dev.quorate.bench.micro;

import dev.quorate.memory.Body;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Seen;
import dev.quorate.time.Stamp;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Making a content register, which hashes it, and merging two.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MergeBenchmark {
  private static final String ID = "3f0c1c2e-6a1b-4b6a-9a55-0d1f6f1f2a10";

  private final String body = Body.write(Samples.memory(ID));
  private final Stamp here = Stamp.of(1_800_000_000_000L, 1, "host:a");
  private final Stamp there = Stamp.of(1_800_000_000_000L, 1, "host:b");
  private final ContentRegister older = ContentRegister.of(ID, here, Seen.NOTHING, body);
  private final ContentRegister newer =
      ContentRegister.of(ID, there, Seen.NOTHING.with(here), body);

  @Benchmark
  public ContentRegister make() {
    return ContentRegister.of(ID, there, Seen.NOTHING, body);
  }

  @Benchmark
  public ContentRegister.Merged merge() {
    return ContentRegister.merge(older, newer);
  }
}
