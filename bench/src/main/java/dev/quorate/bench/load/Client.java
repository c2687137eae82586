package dev.quorate.bench.load;

import dev.quorate.bench.wire.Call;
import dev.quorate.bench.wire.ConnectFailed;
import dev.quorate.bench.workload.Operation;
import dev.quorate.bench.workload.UnexpectedAnswer;
import dev.quorate.bench.workload.Workload;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// One caller: takes a turn, sends a request, waits for the answer, and again. It goes round the
/// nodes it was given, one request each.
final class Client implements Runnable {
  private static final long AFTER_REFUSAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int EXAMPLE_BYTES_MAX = 300;

  private final List<NodeLink> links;
  private final Pace pace;
  private final Workload workload;
  private final List<Operation> operations;
  private final Set<Integer> acceptedStatuses;
  private final Tally tally;
  private final Call call = new Call();
  private volatile boolean stopped;
  private volatile long lastDoneNanos;

  Client(List<NodeLink> links, Pace pace, Workload workload, Plan plan, Tally tally) {
    this.links = links;
    this.pace = pace;
    this.workload = workload;
    this.operations = workload.operations();
    this.acceptedStatuses = plan.acceptedStatuses();
    this.tally = tally;
  }

  @Override
  public void run() {
    var turn = new Turn();
    for (var sent = 0; pace.next(turn); sent++) {
      var operation = workload.choose(turn.number);
      operations.get(operation).write(turn.number, call);
      send(turn, operation, links.get(sent % links.size()));
    }
    for (var link : links) link.connection().close();
  }

  /// Ends a request that is waiting for its answer; it will not be counted.
  void stop() {
    stopped = true;
    for (var link : links) link.connection().close();
  }

  void abortIfSince(long nanos) {
    for (var link : links) link.connection().abortIfSince(nanos);
  }

  /// When the last answer came; 0 before the first.
  long lastDoneNanos() {
    return lastDoneNanos;
  }

  private void send(Turn turn, int operation, NodeLink link) {
    try {
      exchange(turn, operation, link);
    } catch (IOException e) {
      if (stopped) return;
      fail(turn, operation, link, Failure.of(e));
      // A server that is gone would otherwise be asked a hundred thousand times a second.
      if (e instanceof ConnectFailed) Clock.SYSTEM.park(AFTER_REFUSAL_NANOS);
    }
  }

  private void exchange(Turn turn, int operation, NodeLink link) throws IOException {
    var response = link.connection().exchange(call);
    var doneNanos = System.nanoTime();
    lastDoneNanos = doneNanos;
    var status = response.status();
    tally.status(turn, status);
    var expected = status == operations.get(operation).expectedStatus();
    if (!expected && !acceptedStatuses.contains(status)) {
      fail(turn, operation, link, Failure.ofStatus(status, response.body(EXAMPLE_BYTES_MAX)));
      return;
    }
    try {
      var items = expected ? operations.get(operation).items(turn.number, response) : 0;
      tally.succeed(turn, operation, doneNanos, items);
      if (turn.measured) link.succeeded().increment();
    } catch (UnexpectedAnswer e) {
      fail(turn, operation, link, Failure.ofAnswer(String.valueOf(e.getMessage())));
    }
  }

  private void fail(Turn turn, int operation, NodeLink link, Failure failure) {
    tally.fail(turn, operation, failure);
    if (turn.measured) link.failed().increment();
  }
}
