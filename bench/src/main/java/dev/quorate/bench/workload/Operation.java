package dev.quorate.bench.workload;

import dev.quorate.bench.wire.Call;
import dev.quorate.bench.wire.Response;

/// One kind of request. Implementations are thread-safe.
public interface Operation {
  /// The name in reports.
  String name();

  /// What [#items] counts, in the plural.
  String itemsName();

  /// The status of an answer as expected.
  int expectedStatus();

  /// Writes request `number` of the run: the same number, the same request.
  void write(long number, Call call);

  /// How many memories an answer of the expected status stored or found. Throws where the body does
  /// not bear out the status.
  long items(long number, Response response) throws UnexpectedAnswer;
}
