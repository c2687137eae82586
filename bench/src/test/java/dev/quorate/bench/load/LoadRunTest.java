package dev.quorate.bench.load;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.bench.FakeServer;
import dev.quorate.bench.load.Figures.Failed;
import dev.quorate.bench.load.Figures.Operated;
import dev.quorate.bench.wire.Call;
import dev.quorate.bench.wire.Endpoint;
import dev.quorate.bench.wire.Response;
import dev.quorate.bench.workload.Operation;
import dev.quorate.bench.workload.UnexpectedAnswer;
import dev.quorate.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadRunTest {
  private static final int STALL_MILLIS = 400;

  /// Asks for a numbered thing and expects its number back.
  private static final class Echo implements Operation {
    @Override
    public String name() {
      return "echo";
    }

    @Override
    public String itemsName() {
      return "echoes";
    }

    @Override
    public int expectedStatus() {
      return 200;
    }

    @Override
    public void write(long number, Call call) {
      call.get().append("/").append(number);
    }

    @Override
    public long items(long number, Response response) throws UnexpectedAnswer {
      if (response.body().equals("/" + number)) return 2;
      throw new UnexpectedAnswer("no echo of " + number);
    }
  }

  private static FakeServer.Handler echo() {
    return request -> FakeServer.json(200, request.target());
  }

  /// The same once so many clients have asked: none of them can be done before all have begun.
  private static FakeServer.Handler echoTo(AtomicReference<CountDownLatch> clients) {
    return request -> {
      var all = clients.get();
      all.countDown();
      all.await();
      return FakeServer.json(200, request.target());
    };
  }

  @Test
  void everyRequestIsSentOnceAndCounted() throws Exception {
    var clients = new AtomicReference<>(new CountDownLatch(4));
    try (var server = new FakeServer(echoTo(clients))) {
      var figures = run(plan(4, 0, 500, server));
      assertThat(figures.succeeded()).isEqualTo(500);
      assertThat(figures.missed()).isZero();
      assertThat(figures.statuses()).isEqualTo(Map.of(200, 500L));
      assertThat(figures.operations()).extracting(Operated::items).containsExactly(1_000L);
      assertThat(figures.latency().p50()).isPositive();
      assertThat(figures.latency().max()).isGreaterThanOrEqualTo(figures.latency().p999());
      assertThat(server.requests()).extracting(FakeServer.Request::target).doesNotHaveDuplicates();
      assertThat(server.requests()).hasSize(500);
      assertThat(server.connections()).isEqualTo(4);
    }
  }

  @Test
  void anOpenLoopShowsAStallInEveryRequestItHeldUp() throws Exception {
    try (var server = new FakeServer(stallOnce())) {
      var figures = run(plan(1, 100, 100, server));
      assertThat(figures.succeeded()).isEqualTo(100);
      // 40 of the 100 should have started within the stall; half of those waited 200 ms or more.
      assertThat(figures.latency().p95()).isGreaterThan(STALL_MILLIS * 1_000 * 0.6);
      assertThat(figures.latency().max()).isGreaterThan(STALL_MILLIS * 1_000 * 0.9);
    }
  }

  @Test
  void aClosedLoopShowsAStallOnce() throws Exception {
    try (var server = new FakeServer(stallOnce())) {
      var figures = run(plan(1, 0, 100, server));
      assertThat(figures.latency().max()).isGreaterThan(STALL_MILLIS * 1_000 * 0.9);
      assertThat(figures.latency().p95()).isLessThan(STALL_MILLIS * 1_000 * 0.6);
    }
  }

  @Test
  void failuresAreCountedByKindWithAnExample() throws Exception {
    var count = new AtomicInteger();
    FakeServer.Handler handler =
        request ->
            switch (count.getAndIncrement() % 5) {
              case 0 -> FakeServer.json(503, "{\"error\":\"overloaded\"}");
              case 1 -> "";
              case 2 -> "no http at all, for sure\r\n\r\n";
              case 3 -> FakeServer.json(200, "something else");
              default -> FakeServer.json(200, request.target());
            };
    try (var server = new FakeServer(handler)) {
      var figures = run(plan(1, 0, 50, server));
      assertThat(figures.succeeded()).isEqualTo(10);
      assertThat(figures.failed()).isEqualTo(40);
      assertThat(figures.statuses()).isEqualTo(Map.of(200, 20L, 503, 10L));
      assertThat(figures.failures())
          .contains(
              new Failed("status 503", 10, "{\"error\":\"overloaded\"}"),
              new Failed("malformed", 10, "the answer is not HTTP/1.1"),
              new Failed("answer", 10, "no echo of 3"))
          .extracting(Failed::kind)
          .containsExactlyInAnyOrder("status 503", "malformed", "answer", "broken connection");
    }
  }

  @Test
  void anAcceptedStatusIsASuccess() throws Exception {
    try (var server = new FakeServer(_ -> FakeServer.json(202, ""))) {
      var plan = new Plan(List.of(endpoint(server)), null, 2, 0, 0, 0, 20, 30, Set.of(202));
      var figures = run(plan);
      assertThat(figures.succeeded()).isEqualTo(20);
      assertThat(figures.statuses()).isEqualTo(Map.of(202, 20L));
    }
  }

  @Test
  void aRequestThatIsNeverAnsweredTimesOut() throws Exception {
    var never = new CountDownLatch(1);
    FakeServer.Handler handler =
        request -> {
          if (request.target().equals("/3")) never.await();
          return FakeServer.json(200, request.target());
        };
    try (var server = new FakeServer(handler)) {
      var plan = new Plan(List.of(endpoint(server)), null, 2, 0, 0, 0, 20, 1, Set.of());
      var figures = run(plan);
      assertThat(figures.succeeded()).isEqualTo(19);
      assertThat(figures.failures())
          .containsExactly(new Failed("timeout", 1, server.url() + " did not answer in time"));
      never.countDown();
    }
  }

  @Test
  void aServerThatIsGoneFailsEveryRequest() throws Exception {
    // Not the port of a server that was closed: such a one is soon given to somebody else.
    var nobody = Endpoint.parse("http://127.0.0.1:1");
    var figures = run(new Plan(List.of(nobody), null, 2, 0, 0, 0, 4, 30, Set.of()));
    assertThat(figures.succeeded()).isZero();
    assertThat(figures.failures()).extracting(Failed::kind).containsExactly("connect");
    assertThat(figures.failed()).isEqualTo(4);
  }

  @Test
  void aStoppedRunStillGivesItsFigures() throws Exception {
    var never = new CountDownLatch(1);
    FakeServer.Handler handler =
        request -> {
          if (request.target().equals("/30")) never.await();
          return FakeServer.json(200, request.target());
        };
    try (var server = new FakeServer(handler);
        var thread = Executors.newVirtualThreadPerTaskExecutor()) {
      var run = new LoadRun(plan(1, 0, 1_000, server), Workload.only(new Echo()), _ -> {});
      var figures = thread.submit(run::run);
      while (server.requests().size() < 31) Thread.onSpinWait();
      run.stop();
      assertThat(figures.get().interrupted()).isTrue();
      assertThat(figures.get().succeeded()).isEqualTo(30);
      assertThat(figures.get().missed()).isZero();
      never.countDown();
    }
  }

  @Test
  void aRunByTimeIsObservedEverySecondAndLeavesItsWarmUpOut() throws Exception {
    var moments = new ArrayList<Moment>();
    try (var server = new FakeServer(echo())) {
      var plan = new Plan(List.of(endpoint(server)), null, 2, 50, 1, 2, 0, 30, Set.of());
      var figures = new LoadRun(plan, Workload.only(new Echo()), moments::add).run();
      assertThat(figures.succeeded()).isEqualTo(100);
      assertThat(server.requests()).hasSize(150);
      assertThat(figures.timeline()).isNotEmpty().allMatch(second -> second.second() > 0);
      assertThat(moments).isNotEmpty();
      assertThat(moments.getLast().items()).isPositive();
    }
  }

  @Test
  void clientsAreSpreadOverTheNodes() throws Exception {
    var clients = new AtomicReference<>(new CountDownLatch(1));
    try (var one = new FakeServer(echoTo(clients));
        var two = new FakeServer(echoTo(clients));
        var three = new FakeServer(echoTo(clients))) {
      var figures = run(plan(1, 0, 30, one, two, three));
      assertThat(figures.nodes()).extracting(Figures.Node::succeeded).containsOnly(10L);
      assertThat(one.connections()).isEqualTo(1);
      clients.set(new CountDownLatch(6));
      run(plan(6, 0, 300, one, two, three));
      assertThat(one.connections()).isEqualTo(3);
      assertThat(three.connections()).isEqualTo(3);
    }
  }

  @Test
  void aDefectOfTheGeneratorEndsTheRun() {
    try (var server = new FakeServer(echo())) {
      Workload broken =
          new Workload() {
            @Override
            public String name() {
              return "broken";
            }

            @Override
            public List<Operation> operations() {
              return List.of(new Echo());
            }

            @Override
            public int choose(long number) {
              throw new UnsupportedOperationException("broken");
            }
          };
      var run = new LoadRun(plan(2, 0, 10, server), broken, _ -> {});
      assertThatThrownBy(run::run)
          .isInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("broken");
    }
  }

  private static Figures run(Plan plan) throws InterruptedException {
    return new LoadRun(plan, Workload.only(new Echo()), _ -> {}).run();
  }

  /// Answers at once, but once only after a while.
  private static FakeServer.Handler stallOnce() {
    return request -> {
      // The stall is the server's behaviour here, not a wait of the test.
      if (request.target().equals("/20")) new CountDownLatch(1).await(STALL_MILLIS, MILLISECONDS);
      return FakeServer.json(200, request.target());
    };
  }

  private static Plan plan(int clients, double rate, long requests, FakeServer... servers) {
    var endpoints = new ArrayList<Endpoint>();
    for (var server : servers) endpoints.add(endpoint(server));
    return new Plan(endpoints, null, clients, rate, 0, 0, requests, 30, Set.of());
  }

  private static Endpoint endpoint(FakeServer server) {
    return Endpoint.parse(server.url());
  }
}
