package dev.quorate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The JDK's client asks for an upgrade with its first request and then speaks HTTP/2.
class Http2Test {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  private final Route item =
      Loopback.get(
          "/item/{id}",
          request ->
              Response.text(200, request.pathParameter("id") + request.query("q").orElse("")));
  private final Route held =
      Loopback.get(
          "/held",
          _ -> {
            entered.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              interrupted.set(true);
            }
            return Response.text(200, "done");
          });

  @AfterEach
  void letGo() {
    release.countDown();
    client.shutdownNow();
  }

  @Test
  void aConnectionIsUpgraded() throws Exception {
    try (var server = Loopback.serving(item, Loopback.echo())) {
      var first = send(get(server, "/item/a%2Fb?q=%3D1"));
      assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(first.body()).isEqualTo("a/b=1");
      var second = send(post(server, "/echo", BodyPublishers.ofString("hello")));
      assertThat(second.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(second.body()).isEqualTo("hello");
    }
  }

  @Test
  void refusalsAreTheSame() throws Exception {
    try (var server = Loopback.serving(item, Loopback.echo())) {
      assertThat(send(get(server, "/item/1")).body()).isEqualTo("1");
      assertThat(send(get(server, "/missing")).body()).isEqualTo("{\"error\":\"not found\"}");
      var wrong = send(get(server, "/echo"));
      assertThat(wrong.statusCode()).isEqualTo(405);
      assertThat(wrong.headers().firstValue("Allow")).hasValue("POST");
      assertThat(send(get(server, "/item/%ff")).statusCode()).isEqualTo(400);
      var unwanted = send(post(server, "/missing", BodyPublishers.ofByteArray(new byte[500_000])));
      assertThat(unwanted.statusCode()).isEqualTo(404);
      var head = send(HttpRequest.newBuilder(uri(server, "/item/abc")).HEAD().build());
      assertThat(head.headers().firstValue("Content-Length")).hasValue("3");
      assertThat(send(get(server, "/item/2")).body()).isEqualTo("2");
    }
  }

  @Test
  void bodiesHaveTheSameLimit() throws Exception {
    var length = Loopback.post("/length", r -> Response.text(200, "" + r.body().length));
    try (var server = Loopback.serving(item, length)) {
      assertThat(send(get(server, "/item/1")).body()).isEqualTo("1");
      var most = new byte[2 << 20];
      assertThat(send(post(server, "/length", BodyPublishers.ofByteArray(most))).body())
          .isEqualTo("2097152");
      assertThat(send(post(server, "/length", streamed(most))).body()).isEqualTo("2097152");
      var more = new byte[most.length + 1];
      for (var body :
          new HttpRequest.BodyPublisher[] {BodyPublishers.ofByteArray(more), streamed(more)}) {
        var refused = send(post(server, "/length", body));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(Json.parse(refused.body()).get("error").asString())
            .isEqualTo("request body is larger than 2097152 bytes");
      }
      assertThat(send(get(server, "/item/2")).body()).isEqualTo("2");
    }
  }

  @Test
  void manyStreamsShareAConnection() throws Exception {
    try (var server = Loopback.serving(item)) {
      assertThat(send(get(server, "/item/first")).body()).isEqualTo("first");
      var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
      for (var i = 0; i < 60; i++) {
        answers.add(client.sendAsync(get(server, "/item/" + i), BodyHandlers.ofString()));
      }
      for (var i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get().body()).isEqualTo("" + i);
      }
    }
  }

  @Test
  void aHandlerThatTakesTooLongIsAnsweredFor() throws Exception {
    try (var server = Loopback.serving(Limits.patient().requestMillis(300), held, item)) {
      assertThat(send(get(server, "/item/1")).body()).isEqualTo("1");
      var answer = send(get(server, "/held"));
      assertThat(answer.statusCode()).isEqualTo(504);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer.body()).isEqualTo("{\"error\":\"request timed out\"}");
      Loopback.await("the handler is interrupted", interrupted::get);
      // The connection and its other streams live on.
      assertThat(send(get(server, "/item/2")).body()).isEqualTo("2");
    }
  }

  @Test
  void aBodyThatStallsEndsTheConnection() throws Exception {
    var limits = Limits.patient().receiveMillis(300).requestsMax(1);
    try (var server = Loopback.serving(limits, item, Loopback.echo())) {
      assertThat(send(get(server, "/item/1")).body()).isEqualTo("1");
      var stalling = BodyPublishers.fromPublisher(Http2Test::sendSomeAndStall);
      assertThatThrownBy(() -> send(post(server, "/echo", stalling)))
          .isInstanceOf(IOException.class);
      // The thread that waited for the body is gone, and its place is free.
      Loopback.await("the place is free", () -> sent(get(server, "/item/2")).statusCode() == 200);
    }
  }

  @Test
  void aClientThatLeavesInTheMiddleOfItsBodyLeavesNothingBehind() throws Exception {
    try (var server = Loopback.serving(Limits.patient().requestsMax(1), item, Loopback.echo())) {
      try (var leaving = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
        var first = leaving.send(get(server, "/item/1"), BodyHandlers.ofString());
        assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
        var stalling = BodyPublishers.fromPublisher(Http2Test::sendSomeAndStall);
        var pending = leaving.sendAsync(post(server, "/echo", stalling), BodyHandlers.ofString());
        Loopback.await(
            "the body is waited for", () -> sent(get(server, "/item/2")).statusCode() == 503);
        leaving.shutdownNow();
        assertThatThrownBy(pending::join).hasCauseInstanceOf(IOException.class);
      }
      Loopback.await("the place is free", () -> sent(get(server, "/item/3")).statusCode() == 200);
    }
  }

  @Test
  void aStreamThatBreaksOffIsNoWhole() throws Exception {
    var breaking =
        Loopback.get(
            "/breaking",
            _ ->
                Response.stream(
                    200,
                    "text/plain",
                    out -> {
                      out.write(new byte[100_000]);
                      out.write(new byte[100_000]);
                      throw new IOException("on purpose");
                    }));
    try (var server = Loopback.serving(breaking, item)) {
      assertThat(send(get(server, "/item/1")).body()).isEqualTo("1");
      assertThatThrownBy(() -> send(get(server, "/breaking"))).isInstanceOf(IOException.class);
      assertThat(send(get(server, "/item/2")).body()).isEqualTo("2");
    }
  }

  @Test
  void aStreamUnderWayIsFinishedBeforeTheNodeGoes() throws Exception {
    var server = Loopback.serving(held, item);
    assertThat(send(get(server, "/item/1")).body()).isEqualTo("1");
    var busy = client.sendAsync(get(server, "/held"), BodyHandlers.ofString());
    entered.await();
    var closing = Thread.startVirtualThread(server::close);
    Loopback.await(
        "new streams are refused", () -> sent(get(server, "/item/2")).statusCode() == 503);
    assertThat(closing.isAlive()).isTrue();
    release.countDown();
    assertThat(busy.get(Loopback.PATIENCE.toSeconds(), TimeUnit.SECONDS).body()).isEqualTo("done");
    assertThat(closing.join(Loopback.PATIENCE)).isTrue();
    assertThat(interrupted).isFalse();
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> sent(HttpRequest request) {
    return client.sendAsync(request, BodyHandlers.ofString()).join();
  }

  private static HttpRequest get(Loopback server, String target) {
    return HttpRequest.newBuilder(uri(server, target)).timeout(Loopback.PATIENCE).build();
  }

  private static HttpRequest post(Loopback server, String target, HttpRequest.BodyPublisher body) {
    return HttpRequest.newBuilder(uri(server, target))
        .timeout(Loopback.PATIENCE)
        .header("Content-Type", "application/json")
        .POST(body)
        .build();
  }

  /// Gives the client some bytes of a body and never any more.
  private static void sendSomeAndStall(Flow.Subscriber<? super ByteBuffer> client) {
    client.onSubscribe(
        new Flow.Subscription() {
          private boolean sent;

          @Override
          public void request(long n) {
            if (sent) return;
            sent = true;
            client.onNext(ByteBuffer.wrap(new byte[20_000]));
          }

          @Override
          public void cancel() {}
        });
  }

  /// Of unknown length, so that no content-length is announced.
  private static HttpRequest.BodyPublisher streamed(byte[] body) {
    return BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body));
  }

  private static URI uri(Loopback server, String target) {
    return URI.create("http://127.0.0.1:" + server.port() + target);
  }
}
