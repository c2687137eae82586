package dev.quorate.bench.micro;

import dev.quorate.memory.Body;
import dev.quorate.memory.Memory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Writing and reading a memory's canonical body.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JsonBenchmark {
  private final Memory memory = Samples.memory("3f0c1c2e-6a1b-4b6a-9a55-0d1f6f1f2a10");
  private final String body = Body.write(memory);

  @Benchmark
  public String encode() {
    return Body.write(memory);
  }

  @Benchmark
  public Memory decode() {
    return Body.read(body);
  }
}
