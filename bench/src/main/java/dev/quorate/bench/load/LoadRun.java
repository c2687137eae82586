package dev.quorate.bench.load;

import dev.quorate.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One run from its start to its figures. [#run] is called once; [#stop] may come at any time from
/// any thread and ends the run early.
public final class LoadRun {
  private static final long TICK_MILLIS = 100;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Plan plan;
  private final Span span;
  private final Pace pace;
  private final Tally tally;
  private final Nodes nodes;
  private final Moment.Observer observer;
  private final List<Client> clients = new ArrayList<>();
  private final CountDownLatch running;
  private volatile boolean stopped;
  private volatile @Nullable RuntimeException crash;
  private @Nullable ProcessorTime processorTime;
  private long lastMomentNanos;
  private long lastAnswered;
  private long lastFailed;

  public LoadRun(Plan plan, Workload workload, Moment.Observer observer) {
    this.plan = plan;
    this.observer = observer;
    span = Span.of(plan, System.nanoTime());
    pace =
        plan.isOpenLoop()
            ? new OpenLoop(Clock.SYSTEM, span, plan.ratePerSecond(), plan.timeoutNanos())
            : new ClosedLoop(Clock.SYSTEM, span);
    tally = new Tally(workload.operations());
    nodes = new Nodes(plan.endpoints(), plan.apiKey());
    running = new CountDownLatch(plan.clients());
    lastMomentNanos = span.startNanos();
    for (var i = 0; i < plan.clients(); i++) {
      clients.add(new Client(nodes.linksOf(i, plan.clients()), pace, workload, plan, tally));
    }
  }

  /// Runs to the end and watches over it from the calling thread.
  public Figures run() throws InterruptedException {
    for (var i = 0; i < clients.size(); i++) start(i);
    while (!running.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
      var now = System.nanoTime();
      for (var client : clients) client.abortIfSince(now - plan.timeoutNanos());
      if (processorTime == null && now - span.warmNanos() >= 0) {
        processorTime = ProcessorTime.from(tally.answered());
      }
      if (now - lastMomentNanos >= NANOS_PER_SECOND) tick(now);
    }
    if (crash != null) throw new IllegalStateException("a client of the run crashed", crash);
    return figures();
  }

  /// Ends the run: requests that wait for an answer are given up and not counted.
  public void stop() {
    stopped = true;
    pace.stop();
    for (var client : clients) client.stop();
  }

  private void start(int number) {
    var client = clients.get(number);
    Thread.ofPlatform()
        .name("client-" + number)
        .daemon()
        .start(() -> {
          try {
            client.run();
          } catch (RuntimeException e) {
            crash = e;
            stop();
          } finally {
            running.countDown();
          }
        });
  }

  private void tick(long now) {
    var seconds = (now - lastMomentNanos) / NANOS_PER_SECOND;
    var measuredSeconds = (int) Math.round((now - span.warmNanos()) / NANOS_PER_SECOND);
    var answered = tally.answered();
    var failed = tally.failed();
    var latency = tally.drain(measuredSeconds, seconds, lastFailed);
    observer.observe(
        new Moment(
            (int) Math.round((now - span.startNanos()) / NANOS_PER_SECOND),
            now - span.warmNanos() < 0,
            (answered - lastAnswered) / seconds,
            tally.itemsSinceStart(),
            tally.failedSinceStart(),
            latency.p99()));
    lastMomentNanos = now;
    lastAnswered = answered;
    lastFailed = failed;
  }

  private Figures figures() {
    // A rest of less than a second is counted, but too short to be a second of its own.
    tally.drain(0, 0, 0);
    var total = tally.total();
    return new Figures(
        stopped,
        Math.max(0, (endNanos() - span.warmNanos()) / NANOS_PER_SECOND),
        total.getTotalCount(),
        tally.failed(),
        stopped ? 0 : pace.unsent(),
        Latency.of(total),
        tally.operated(),
        tally.statuses(),
        tally.failures(),
        nodes.figures(),
        tally.timeline(),
        processorTime == null ? 0 : processorTime.microsPerRequest(tally.answered()));
  }

  /// When measuring ended: with the last answer, but not before the planned end of a whole run.
  private long endNanos() {
    if (stopped) return System.nanoTime();
    var last = span.warmNanos();
    for (var client : clients) {
      var done = client.lastDoneNanos();
      if (done != 0 && done - last > 0) last = done;
    }
    var planned = plan.requests() == 0 ? span.endNanos() : last;
    return last - planned > 0 ? last : planned;
  }
}
