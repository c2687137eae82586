package dev.quorate.bench.workload;

import dev.quorate.bench.text.Draws;
import java.util.List;

/// Several operations by weight, in an order that the seed decides.
public final class Mixed implements Workload {
  private final List<Share> shares;
  private final long seed;
  private final int total;

  /// How often an operation comes up, in proportion to the other weights.
  public record Share(Operation operation, int weight) {}

  public Mixed(List<Share> shares, long seed) {
    this.shares = List.copyOf(shares);
    this.seed = seed;
    this.total = shares.stream().mapToInt(Share::weight).sum();
  }

  @Override
  public String name() {
    return "mixed";
  }

  @Override
  public List<Operation> operations() {
    return shares.stream().map(Share::operation).toList();
  }

  @Override
  public int choose(long number) {
    var left = Draws.of(seed, "mix", number).nextInt(total);
    for (var i = 0; i < shares.size(); i++) {
      left -= shares.get(i).weight();
      if (left < 0) return i;
    }
    throw new IllegalStateException("a draw beyond the weights");
  }
}
