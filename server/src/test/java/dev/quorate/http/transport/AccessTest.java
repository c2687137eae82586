package dev.quorate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.http.transport.key.ApiKey;
import dev.quorate.http.transport.key.KeyHash;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTest {
  private final ApiKey first = ApiKey.generate();
  private final String second = "a key+of%my own/=";
  private final Loopback server =
      Loopback.serving(
          Access.keys(Set.of(first.hash(), KeyHash.of(second))),
          Loopback.get("/secret", _ -> Response.text(200, "secret")),
          new Route(
              Method.GET, "/health", RouteDoc.of("Health").asOpen(), _ -> Response.text(200, "ok")),
          Loopback.echo());
  private final Wire wire = server.connect();

  @AfterEach
  void close() {
    wire.close();
    server.close();
  }

  @Test
  void eachKeyOpensByHeader() {
    assertThat(wire.get("/secret", "X-API-Key: " + first.text()).answer().status()).isEqualTo(200);
    assertThat(wire.get("/secret", "x-api-key: " + second).answer().status()).isEqualTo(200);
  }

  @Test
  void aKeyOpensAsBearer() {
    for (var scheme : new String[] {"Bearer ", "bearer ", "Bearer  "}) {
      var answer = wire.get("/secret", "Authorization: " + scheme + first.text()).answer();
      assertThat(answer.status()).as(scheme).isEqualTo(200);
    }
  }

  @Test
  void aKeyOpensByQuery() {
    assertThat(wire.get("/secret?api_key=" + first.text()).answer().status()).isEqualTo(200);
    assertThat(wire.get("/secret?a=b&api_key=a%20key%2Bof%25my+own%2F%3D").answer().status())
        .isEqualTo(200);
  }

  @Test
  void anythingElseDoesNot() throws InterruptedException {
    var cut = first.text().substring(0, first.text().length() - 1);
    assertRefused(wire.get("/secret"));
    assertRefused(wire.get("/secret", "X-API-Key:"));
    assertRefused(wire.get("/secret", "X-API-Key: " + cut));
    assertRefused(wire.get("/secret", "X-API-Key: " + first.text() + "x"));
    assertRefused(wire.get("/secret", "X-API-Key: " + first.hash().hex()));
    assertRefused(wire.get("/secret", "Authorization: Basic " + first.text()));
    assertRefused(wire.get("/secret", "Authorization: Bearer"));
    assertRefused(wire.get("/secret?api_key="));
    assertRefused(wire.get("/secret?api_key=" + cut));
    assertRefused(wire.get("/secret?xapi_key=" + first.text()));
    // A wrong header is not made good by a right query.
    assertRefused(wire.get("/secret?api_key=" + first.text(), "X-API-Key: wrong"));
    assertThat(server.nextServed()).matches(s -> s.route() == null && s.status() == 401);
  }

  @Test
  void whoHasNoKeyLearnsNothingOfThePaths() {
    assertRefused(wire.get("/missing"));
    assertRefused(wire.get("/echo"));
    assertRefused(wire.post("/secret", "{}"));
    assertThat(wire.get("/missing", "X-API-Key: " + first.text()).answer().status()).isEqualTo(404);
  }

  @Test
  void anOpenRouteNeedsNone() {
    assertThat(wire.get("/health").answer().text()).isEqualTo("ok");
    assertThat(wire.get("/health", "X-API-Key: wrong").answer().text()).isEqualTo("ok");
  }

  @Test
  void aRefusedBodyDoesNotReachTheHandler() {
    assertRefused(wire.post("/echo", "hello"));
    assertThat(wire.get("/health").answer().text()).isEqualTo("ok");
  }

  @Test
  void accessByNoKeyAtAllIsAMistake() {
    assertThatThrownBy(() -> Access.keys(Set.of())).isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertRefused(Wire wire) {
    var answer = wire.answer();
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text()).isEqualTo("{\"error\":\"missing or invalid API key\"}");
  }
}
