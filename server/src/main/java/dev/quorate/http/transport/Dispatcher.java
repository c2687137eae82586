package dev.quorate.http.transport;

import dev.quorate.failure.RequestFailure;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/// Takes each request through its stations: key, route, place, body, handler, answer. Stands in for
/// Helidon's own routing, whose error handling could not keep our deadlines.
final class Dispatcher implements HttpRouting {
  private final HttpLimits limits;
  private final RouteTable table;
  private final Access access;
  private final Observer observer;
  private final BodyReader bodies;
  private final BodyMemory memory;
  private final AnswerMemory answers;
  private final Semaphore places;
  private final HttpSecurity security = HttpSecurity.create();

  Dispatcher(HttpLimits limits, List<Route> routes, Access access, Observer observer) {
    this.limits = limits;
    this.table = new RouteTable(routes);
    this.access = access;
    this.observer = observer;
    this.bodies = new BodyReader(limits.bodyBytesMax());
    this.memory = new BodyMemory(limits.bodyBytesMax(), Runtime.getRuntime().maxMemory());
    this.answers = new AnswerMemory(Runtime.getRuntime().maxMemory());
    this.places = new Semaphore(limits.requestsMax());
  }

  @Override
  public HttpSecurity security() {
    return security;
  }

  @Override
  public void route(ConnectionContext context, RoutingRequest request, RoutingResponse response) {
    var guard = ((GuardedContext) context).guard();
    var exchange = new Exchange(guard, this, request, response);
    guard.open(exchange);
    // A handler that outlives its deadline keeps its place until it returns.
    var hasPlace = places.tryAcquire();
    try (var room = answers.room()) {
      var answer = answer(exchange, hasPlace, room);
      if (exchange.startAnswering()) {
        send(exchange, answer);
        drain(exchange);
      } else {
        exchange.awaitAnswered();
        exchange.endConnection();
      }
    } finally {
      if (hasPlace) places.release();
      guard.close(exchange);
    }
    if (exchange.endsConnection()) throw new ConnectionEnded("that was the last answer");
  }

  /// Answers in place of a handler whose time is over. Runs on a thread of its own.
  void answerTimedOut(Exchange exchange) {
    Faults.timedOut(exchange, limits.requestMillis());
    exchange.endConnection();
    try {
      send(exchange, Refusals.timedOut());
    } catch (RuntimeException e) {
      // The client is gone; its handler's thread will learn of it.
    }
    if (exchange.endsConnection()) exchange.guard().close();
  }

  private Response answer(Exchange exchange, boolean hasPlace, AnswerMemory.Room room) {
    try {
      return handle(exchange, hasPlace, room);
    } catch (RequestFailure failure) {
      return Refusals.of(failure);
    } catch (CloseConnectionException e) {
      throw e;
    } catch (RuntimeException | Error fault) {
      // Of a handler that was interrupted it is said that it timed out, and no more.
      return exchange.isTimedOut() ? Refusals.timedOut() : Faults.answer(exchange, fault);
    }
  }

  private Response handle(Exchange exchange, boolean hasPlace, AnswerMemory.Room room) {
    var request = exchange.request();
    var prologue = request.prologue();
    var path = prologue.uriPath().rawPath();
    var query = new LazyQuery(prologue);
    var match = table.match(path);
    var route =
        match == null ? null : match.resource().route(Method.serving(prologue.method().text()));
    if (route == null || !(route.doc().open() || route.doc().judging())) {
      access.check(request.headers(), query);
    }
    if (match == null) throw new RequestFailure.NotFound("not found");
    if (route == null) return methodNotAllowed(match.resource());
    exchange.reach(route);
    if (!hasPlace) {
      throw new RequestFailure.Overloaded(
          "the limit of " + limits.requestsMax() + " requests at a time is reached");
    }
    if (exchange.guard().isMultiplexed() && exchange.guard().watchdog().isStopping()) {
      throw new RequestFailure.Overloaded("the node is shutting down");
    }
    try (var bodyRoom = memory.take(bodyLength(request))) {
      var body = bodies.read(exchange);
      bodyRoom.keep(body.length);
      if (!exchange.startHandling(limits.requestMillis())) {
        throw new ConnectionEnded("the client was cut off before its body was here");
      }
      var answer =
          route
              .handler()
              .handle(
                  new Request(
                      route,
                      prologue.method().text().equals("HEAD"),
                      path,
                      match.segments(),
                      query,
                      request.headers(),
                      body,
                      exchange.guard(),
                      access,
                      room));
      room.made(answer.bytes().length, route.method() == Method.GET);
      return answer;
    }
  }

  private static OptionalLong bodyLength(RoutingRequest request) {
    return request.content().hasEntity() ? request.headers().contentLength() : OptionalLong.of(0);
  }

  private void send(Exchange exchange, Response answer) {
    if (isLast(exchange)) exchange.endConnection();
    try {
      AnswerWriter.write(exchange, answer);
    } finally {
      observer.served(exchange.route(), exchange.response().status().code(), exchange.nanos());
    }
  }

  private static boolean isLast(Exchange exchange) {
    var headers = exchange.request().headers();
    if (exchange.guard().watchdog().isStopping()) return true;
    if (headers.contains(HeaderNames.CONNECTION)
        && headers.containsToken(HeaderValues.CONNECTION_CLOSE)) {
      return true;
    }
    // Without its 100-continue, a client may or may not send the body after the answer.
    return exchange.hasUnread() && headers.containsToken(HeaderValues.EXPECT_100);
  }

  /// Reads what the client still sends of a body that was answered without it, so that its next
  /// request can be found.
  private static void drain(Exchange exchange) {
    if (!exchange.hasUnread()) return;
    if (exchange.endsConnection()) {
      exchange.guard().leaveUnread();
      return;
    }
    exchange.startDraining();
    try {
      exchange.request().content().consume();
    } catch (RuntimeException e) {
      exchange.endConnection();
      exchange.guard().leaveUnread();
    }
  }

  private static Response methodNotAllowed(RouteTable.Resource resource) {
    var failure = new RequestFailure.MethodNotAllowed("method not allowed");
    return Refusals.of(failure).with("Allow", resource.allow());
  }
}
