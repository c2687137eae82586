package dev.quorate.bench.workload;

import java.util.List;

/// Which operation each request of a run is. Implementations are thread-safe.
public interface Workload {
  String name();

  /// Every operation that may come up.
  List<Operation> operations();

  /// The place of request `number`'s operation in [#operations].
  int choose(long number);

  /// A workload of one operation.
  static Workload only(Operation operation) {
    record Only(String name, List<Operation> operations) implements Workload {
      @Override
      public int choose(long number) {
        return 0;
      }
    }
    return new Only(operation.name(), List.of(operation));
  }
}
