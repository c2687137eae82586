package dev.quorate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.http.transport.key.ApiKey;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JudgingTest {
  private final ApiKey key = ApiKey.generate();
  private final Loopback server =
      Loopback.serving(
          Access.keys(Set.of(key.hash())),
          new Route(
              Method.GET,
              "/sync",
              RouteDoc.of("Sync").asJudging(),
              request -> Response.text(200, request.hasAccess() + " " + request.rawQuery())));
  private final Wire wire = server.connect();

  @AfterEach
  void close() {
    wire.close();
    server.close();
  }

  @Test
  void aRouteThatJudgesIsReachedWithoutAKeyAndKnowsIt() {
    assertThat(wire.get("/sync").answer().text()).isEqualTo("false ");
    assertThat(wire.get("/sync", "X-API-Key: wrong").answer().text()).isEqualTo("false ");
    assertThat(wire.get("/sync", "X-API-Key: " + key.text()).answer().text()).isEqualTo("true ");
  }

  @Test
  void otherMethodsOfItsPathAreNotOpened() {
    assertThat(wire.post("/sync", "{}").answer().status()).isEqualTo(401);
  }

  @Test
  void theQueryIsGivenAsItCame() {
    assertThat(wire.get("/sync?since=a%3Ab+c&limit=5").answer().text())
        .isEqualTo("false since=a%3Ab+c&limit=5");
  }

  @Test
  void whereNoKeyIsNeededEveryoneHasAccess() {
    try (var open =
            Loopback.serving(
                Loopback.get("/", request -> Response.text(200, "" + request.hasAccess())));
        var other = open.connect()) {
      assertThat(other.get("/").answer().text()).isEqualTo("true");
    }
  }
}
