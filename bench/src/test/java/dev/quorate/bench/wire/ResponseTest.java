package dev.quorate.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResponseTest {
  @Test
  void theLastNumberOfANameIsFound() {
    var response = response("{\"memories\":[{\"count\":7}],\"count\": 12,\"counts\":3}");
    assertThat(response.lastNumber("count")).isEqualTo(12);
    assertThat(response.lastNumber("memories")).isEqualTo(-1);
    assertThat(response.lastNumber("absent")).isEqualTo(-1);
  }

  @Test
  void theFirstTextOfANameIsFound() {
    var response = response("{\"quorum\":1,\"id\":\"6f0c-9\",\"links\":[{\"id\":\"other\"}]}");
    assertThat(response.firstText("id")).isEqualTo("6f0c-9");
    assertThat(response.firstText("quorum")).isEmpty();
    assertThat(response.firstText("absent")).isEmpty();
  }

  @Test
  void aBodyThatEndsEarlyHasNothingToFind() {
    assertThat(response("{\"id\"").firstText("id")).isEmpty();
    assertThat(response("{\"count\":").lastNumber("count")).isEqualTo(-1);
    assertThat(response("").lastNumber("count")).isEqualTo(-1);
  }

  @Test
  void onlyTheBodyIsSearched() {
    var response = response("\"count\":5 here begins the body");
    response.bodyStart = 10;
    response.bodyLength -= 10;
    assertThat(response.lastNumber("count")).isEqualTo(-1);
    assertThat(response.body(4)).isEqualTo("here");
  }

  private static Response response(String body) {
    var response = new Response();
    response.bytes = body.getBytes(StandardCharsets.UTF_8);
    response.bodyLength = response.bytes.length;
    return response;
  }
}
