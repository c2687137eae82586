package dev.quorate.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.quorate.settings.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Endpoints that answer well, badly, late or never.
@Timeout(60)
class EndpointTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final AtomicReference<String> asked = new AtomicReference<>("");
  private final CountDownLatch done = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    done.countDown();
    server.stop(0);
  }

  @Test
  void openAiVectorsAreTakenByTheirIndex() throws EmbeddingFailed {
    answer(200, "{\"data\":[{\"index\":1,\"embedding\":[0,2]},{\"index\":0,\"embedding\":[1,0]}]}");

    try (var embedder = new OpenAiEmbedder(address("/v1"), "m", new Secret("key-1"), LONG)) {
      var vectors = embedder.embed(List.of("one", "two"));

      assertThat(vectors)
          .containsExactly(Vector.of(new float[] {1, 0}), Vector.of(new float[] {0, 1}));
      assertThat(asked.get())
          .startsWith("POST /v1/embeddings Bearer key-1 ")
          .endsWith("{\"model\":\"m\",\"encoding_format\":\"float\",\"input\":[\"one\",\"two\"]}");
    }
  }

  @Test
  void ollamaVectorsAreTakenInOrder() throws EmbeddingFailed {
    answer(200, "{\"embeddings\":[[1,0],[0,1]]}");

    try (var embedder = new OllamaEmbedder(address("/"), "nomic", LONG)) {
      assertThat(embedder.embed(List.of("one", "two")))
          .containsExactly(Vector.of(new float[] {1, 0}), Vector.of(new float[] {0, 1}));
      assertThat(asked.get())
          .startsWith("POST /api/embed null ")
          .endsWith("{\"model\":\"nomic\",\"truncate\":true,\"input\":[\"one\",\"two\"]}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"embeddings\":[[1,0]]} | the embedding endpoint answered 1 vectors for 2 texts",
        "{\"embeddings\":[[1,0],[\"NaN\",1]]} | the embedding endpoint answered a vector with no number in it",
        "{\"embeddings\":[[1,0],[1e99,1]]} | the embedding endpoint answered no usable vector: a vector's values are finite: Infinity",
        "{\"embeddings\":[[1,0],[]]} | the embedding endpoint answered no usable vector: a vector has 1..4096 values: 0",
        "{\"embeddings\":[[1,0],[0,0]]} | the embedding endpoint answered no usable vector: a vector of nothing but zeros has no direction",
        "{\"embeddings\":[[1,0],[0,1,0]]} | the embedding endpoint answered vectors of 2 and of 3 values",
        "{\"embeddings\":5} | the embedding endpoint answered 0 vectors for 2 texts",
        "[] | the embedding endpoint answered 0 vectors for 2 texts",
      })
  void whatIsNoVectorForEachTextFailsForGood(String body, String sentence) {
    answer(200, body);

    var failed = failure(LONG);

    assertThat(failed).hasMessage(sentence);
    assertThat(failed.lasting()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "400,true",
    "401,true",
    "404,true",
    "302,true",
    "408,false",
    "429,false",
    "503,false"
  })
  void aStatusTellsWhetherTryingAgainHelps(int status, boolean lasting) {
    answer(status, "<html>no</html>");

    var failed = failure(LONG);

    assertThat(failed).hasMessageEndingWith("answered status " + status);
    assertThat(failed.lasting()).isEqualTo(lasting);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void aRedirectIsNotFollowedForTheKeyWouldGoAlong(int status) {
    var elsewhere = new AtomicInteger();
    server.createContext(
        "/elsewhere",
        exchange -> {
          elsewhere.incrementAndGet();
          answer(exchange, 200, "{\"data\":[{\"index\":0,\"embedding\":[1,0]}]}");
        });
    server.createContext(
        "/v1",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          answer(exchange, status, "");
        });
    try (var embedder = new OpenAiEmbedder(address("/v1"), "m", new Secret("key-1"), LONG)) {
      var failed =
          catchThrowableOfType(EmbeddingFailed.class, () -> embedder.embed(List.of("one")));
      assertThat(failed).hasMessageEndingWith("answered status " + status);
    }
    assertThat(elsewhere).hasValue(0);
  }

  @Test
  void htmlAndNothingAreNoJson() {
    answer(200, "<html>hello</html>");
    var failed = failure(LONG);
    assertThat(failed).hasMessageEndingWith("answered something that is no JSON");
    // It may be a proxy before an endpoint that comes back.
    assertThat(failed.lasting()).isFalse();
  }

  @Test
  void anAnswerThatNeverComesHasADeadline() {
    server.createContext("/", exchange -> hang());

    assertThat(failure(SHORT)).hasMessageContaining("did not answer within");
  }

  @Test
  void anAnswerThatDripsHasTheSameDeadline() {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write('[');
          exchange.getResponseBody().flush();
          hang();
        });

    assertThat(failure(SHORT)).hasMessageContaining("did not answer within");
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    var sent = new AtomicLong();
    server.createContext("/", exchange -> answerWithoutEnd(exchange, 200, sent));

    var failed = failure(LONG);

    assertThat(failed)
        .hasMessage(
            "the embedding endpoint http://127.0.0.1:%d answered more than 270336 bytes for 2 texts"
                .formatted(server.getAddress().getPort()));
    // It may be another one that answers at this address for now.
    assertThat(failed.lasting()).isFalse();
    // Some of it is on its way when it is cut off.
    assertThat(sent).hasValueLessThan(32 << 20);
  }

  @Test
  void aStatusCountsHoweverMuchComesWithIt() {
    server.createContext("/", exchange -> answerWithoutEnd(exchange, 404, new AtomicLong()));

    assertThat(failure(LONG)).hasMessageEndingWith("answered status 404");
  }

  @Test
  void theLongestAnswerIsTakenAndOneByteMoreIsNot() throws EmbeddingFailed {
    var body = "{\"embeddings\":[[1,0],[0,1]]}";
    var room = (int) Endpoint.answerBytesMax(2) - body.length();
    var longest = new AtomicReference<>(body + " ".repeat(room));
    server.createContext("/", exchange -> answer(exchange, 200, longest.get()));

    try (var embedder = new OllamaEmbedder(address("/"), "m", LONG)) {
      assertThat(embedder.embed(List.of("one", "two"))).hasSize(2);
    }
    longest.updateAndGet(text -> text + " ");
    assertThat(failure(LONG)).hasMessageContaining("answered more than");
  }

  @Test
  void theWidestVectorsInTheirLongestTextFit() throws EmbeddingFailed {
    var texts = Collections.nCopies(16, "text");
    var vector =
        String.join(", ", Collections.nCopies(Vector.DIMENSION_MAX, "-1.2345678901234567e-05"));
    var entry = "{\"object\": \"embedding\", \"index\": %d, \"embedding\": [" + vector + "]}";
    answer(
        200,
        IntStream.range(0, texts.size())
            .mapToObj(entry::formatted)
            .collect(Collectors.joining(", ", "{\"data\": [", "]}")));

    try (var embedder = new OpenAiEmbedder(address("/v1"), "m", null, LONG)) {
      assertThat(embedder.embed(texts))
          .hasSize(16)
          .allMatch(made -> made.dimension() == Vector.DIMENSION_MAX);
    }
  }

  @Test
  void nobodyThereIsSaidWithoutWhatIsSecretInTheAddress() {
    var port = server.getAddress().getPort();
    server.stop(0);
    var base = URI.create("http://user:pass@127.0.0.1:" + port + "/secret?key=1");
    try (var embedder = new OllamaEmbedder(base, "m", LONG)) {
      var failed =
          catchThrowableOfType(EmbeddingFailed.class, () -> embedder.embed(List.of("one")));
      assertThat(failed)
          .hasMessageStartingWith("the embedding endpoint http://127.0.0.1:" + port + " cannot be")
          .hasMessageNotContainingAny("pass", "secret", "key=1");
      assertThat(failed.lasting()).isFalse();
    }
  }

  private EmbeddingFailed failure(Duration deadline) {
    try (var embedder = new OllamaEmbedder(address("/"), "m", deadline)) {
      return catchThrowableOfType(
          EmbeddingFailed.class, () -> embedder.embed(List.of("one", "two")));
    }
  }

  private static void answerWithoutEnd(HttpExchange exchange, int status, AtomicLong sent)
      throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, 0);
      var piece = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
      while (true) {
        exchange.getResponseBody().write(piece);
        sent.addAndGet(piece.length);
      }
    }
  }

  private void hang() {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(int status, String body) {
    server.createContext("/", exchange -> answer(exchange, status, body));
  }

  private void answer(HttpExchange exchange, int status, String body) {
    try (exchange) {
      asked.set(
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI()
              + " "
              + exchange.getRequestHeaders().getFirst("Authorization")
              + " "
              + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }
}
