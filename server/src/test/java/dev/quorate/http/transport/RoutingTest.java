package dev.quorate.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.failure.RequestFailure;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoutingTest {
  private final Loopback server =
      Loopback.serving(
          Loopback.echo(),
          Loopback.get(
              "/memories/{id}", request -> Response.text(200, request.pathParameter("id"))),
          Loopback.get(
              "/search",
              request ->
                  Response.text(
                      200, request.queryNames() + "=" + request.query("q").orElse("absent"))),
          Loopback.post("/json", request -> Response.json(200, request.json())),
          Loopback.get(
              "/export",
              _ ->
                  Response.stream(
                      200,
                      "text/plain",
                      out -> {
                        for (var i = 0; i < 1_000; i++) out.write("x".repeat(100).getBytes(UTF_8));
                      })),
          Loopback.get("/nothing", _ -> Response.empty(204)),
          Loopback.get(
              "/refused",
              _ -> {
                throw new RequestFailure.Conflict("taken", Map.of("existing_id", "m1"));
              }),
          Loopback.get("/header", r -> Response.text(200, r.header("x-agent-id").orElse("none"))));
  private final Wire wire = server.connect();

  @AfterEach
  void close() {
    wire.close();
    server.close();
  }

  @Test
  void aRequestReachesItsRoute() throws InterruptedException {
    var answer = wire.post("/echo", "hello").answer();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("hello");
    var served = server.nextServed();
    assertThat(served.route()).isNotNull().extracting(Route::path).isEqualTo("/echo");
    assertThat(served.status()).isEqualTo(200);
    assertThat(served.nanos()).isPositive();
  }

  @Test
  void anEncodedSlashStaysInsideItsSegment() {
    assertThat(wire.get("/memories/a%2Fb").answer().text()).isEqualTo("a/b");
    assertThat(wire.get("/memories/a/b").answer().status()).isEqualTo(404);
    assertThat(wire.get("/memories/a+b%20%C3%A4").answer().text()).isEqualTo("a+b ä");
    assertThat(wire.get("/memories/..").answer().text()).isEqualTo("..");
    assertThat(wire.get("/memories/a;v=1").answer().text()).isEqualTo("a;v=1");
  }

  @Test
  void aSegmentThatIsNotUtf8IsRefused() {
    for (var bad : new String[] {"%", "%4", "%zz", "%ff", "%C3", "%ED%A0%80", "%C0%AF", "%+1"}) {
      var answer = wire.get("/memories/" + bad).answer();
      assertThat(answer.status()).as(bad).isEqualTo(400);
      assertThat(answer.error()).isEqualTo("path parameter id is not percent-encoded UTF-8");
    }
  }

  @Test
  void aQueryIsDecoded() {
    assertThat(wire.get("/search?q=a+b%2Bc%26%C3%A4&limit=1").answer().text())
        .isEqualTo("[q, limit]=a b+c&ä");
    assertThat(wire.get("/search?q").answer().text()).isEqualTo("[q]=");
    assertThat(wire.get("/search?").answer().text()).isEqualTo("[]=absent");
    assertThat(wire.get("/search?&&x=1&").answer().text()).isEqualTo("[x]=absent");
    assertThat(wire.get("/search?q={\"a\":[1|2]}").answer().text()).isEqualTo("[q]={\"a\":[1|2]}");
  }

  @Test
  void aQueryThatIsNotUtf8IsRefused() {
    for (var bad :
        new String[] {"%", "%e4", "%ED%A0%80", "%ed%b0%80%20", "%f5%80%80%80", "\u00e4"}) {
      var answer = wire.get("/search?q=" + bad).answer();
      assertThat(answer.status()).as(bad).isEqualTo(400);
      assertThat(answer.error()).isEqualTo("query parameter q is not percent-encoded UTF-8");
    }
    assertThat(wire.get("/search?%zz=1").answer().error())
        .isEqualTo("the name of a query parameter is not percent-encoded UTF-8");
    assertThat(wire.get("/search?q=1&q=2").answer().error())
        .isEqualTo("query parameter q is given twice");
  }

  @Test
  void anUnknownPathIsNotFound() throws InterruptedException {
    for (var path : new String[] {"/", "/echo/", "//echo", "/memories/", "/memories", "*"}) {
      var answer = wire.get(path).answer();
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.text()).isEqualTo("{\"error\":\"not found\"}");
      assertThat(server.nextServed()).matches(s -> s.route() == null && s.status() == 404);
    }
  }

  @Test
  void aWrongMethodIsToldTheRightOnes() {
    for (var method : new String[] {"GET", "DELETE", "OPTIONS", "PATCH", "BREW"}) {
      var answer = wire.send(Wire.head(method, "/echo") + "\r\n").answer();
      assertThat(answer.status()).as(method).isEqualTo(405);
      assertThat(answer.error()).isEqualTo("method not allowed");
      assertThat(answer.header("Allow")).isEqualTo("POST");
    }
    assertThat(wire.post("/nothing", "{}").answer().header("Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void headHasTheLengthOfGetAndNoBody() {
    for (var target : new String[] {"/memories/abc", "/export", "/refused", "/missing"}) {
      var get = wire.get(target).answer();
      var head = wire.send(Wire.head("HEAD", target) + "\r\n").answerToHead();
      assertThat(head.status()).isEqualTo(get.status());
      assertThat(head.header("Content-Length")).isEqualTo("" + get.text().length());
    }
    assertThat(wire.get("/memories/next").answer().text()).isEqualTo("next");
  }

  @Test
  void aStreamArrivesWhole() {
    var answer = wire.get("/export").answer();
    assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(answer.text()).hasSize(100_000);
  }

  @Test
  void anEmptyAnswerHasNoBody() {
    assertThat(wire.get("/nothing").answer().status()).isEqualTo(204);
    assertThat(wire.get("/memories/next").answer().text()).isEqualTo("next");
  }

  @Test
  void aRefusalCarriesItsDetails() {
    assertThat(wire.get("/refused").answer().text())
        .isEqualTo("{\"error\":\"taken\",\"existing_id\":\"m1\"}");
  }

  @Test
  void aHeaderIsFoundInAnyCase() {
    assertThat(wire.get("/header", "X-AGENT-ID: ai:me").answer().text()).isEqualTo("ai:me");
    assertThat(wire.get("/header").answer().text()).isEqualTo("none");
  }

  @Test
  void aConnectionLivesOnAfterRefusals() {
    assertThat(wire.post("/json", "{").answer().status()).isEqualTo(400);
    assertThat(wire.post("/missing", "{\"a\":1}").answer().status()).isEqualTo(404);
    assertThat(wire.post("/json", "{}".getBytes(UTF_8)).answer().status()).isEqualTo(415);
    assertThat(wire.post("/nothing", "x".repeat(300_000)).answer().status()).isEqualTo(405);
    assertThat(wire.get("/refused").answer().status()).isEqualTo(409);
    assertThat(wire.post("/json", "{\"a\":1}").answer().text()).isEqualTo("{\"a\":1}");
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() {
    wire.send(
        Wire.head("GET", "/memories/1")
            + "\r\n"
            + Wire.head("GET", "/missing")
            + "\r\n"
            + Wire.head("GET", "/memories/3")
            + "\r\n");
    assertThat(wire.answer().text()).isEqualTo("1");
    assertThat(wire.answer().status()).isEqualTo(404);
    assertThat(wire.answer().text()).isEqualTo("3");
  }

  @Test
  void aClientThatWantsNoMoreIsClosed() {
    var answer = wire.get("/memories/1", "Connection: close").answer();
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(wire.untilClosed()).isEmpty();
  }

  @Test
  void aClientThatSendsNoMoreGetsItsAnswer() throws Exception {
    wire.get("/memories/1").sendNoMore();
    assertThat(wire.answer().text()).isEqualTo("1");
    assertThat(wire.untilClosed()).isEmpty();
  }
}
