package dev.quorate.bench;

import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs the micro-benchmarks.
@Command(name = "micro", description = "Runs the JMH benchmarks of merge, JSON and the writer.")
final class MicroCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "PATTERN",
      defaultValue = "dev.quorate.bench.micro",
      description = "Which ones, as a regular expression [all].")
  private String pattern = "";

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "5",
      description = "Measured iterations of two seconds, after half as many of warm-up [5].")
  private int iterations;

  @Override
  public Integer call() throws RunnerException {
    var options =
        new OptionsBuilder()
            .include(pattern)
            .forks(1)
            .warmupIterations(Math.max(1, iterations / 2))
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.seconds(2))
            .jvmArgsAppend("--enable-native-access=ALL-UNNAMED")
            .build();
    new Runner(options).run();
    return 0;
  }
}
