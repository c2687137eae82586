package dev.quorate.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.RequestFailure;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalsTest {
  static Stream<Arguments> statuses() {
    return Stream.of(
        Arguments.of(400, new RequestFailure.Invalid("why")),
        Arguments.of(401, new RequestFailure.Unauthorised("why")),
        Arguments.of(403, new RequestFailure.Forbidden("why")),
        Arguments.of(404, new RequestFailure.NotFound("why")),
        Arguments.of(405, new RequestFailure.MethodNotAllowed("why")),
        Arguments.of(409, new RequestFailure.Conflict("why", Map.of())),
        Arguments.of(412, new RequestFailure.PreconditionFailed("why", Map.of())),
        Arguments.of(413, new RequestFailure.TooLarge("why")),
        Arguments.of(415, new RequestFailure.UnsupportedMedia("why")),
        Arguments.of(422, new RequestFailure.Unprocessable("why")),
        Arguments.of(503, new RequestFailure.StorageRefused("why")));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void eachFailureHasItsStatus(int status, RequestFailure failure) {
    var answer = Refusals.of(failure);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(text(answer)).isEqualTo("{\"error\":\"why\"}");
  }

  @Test
  void anOverloadedClientMayTryAgainSoon() {
    var answer = Refusals.of(new RequestFailure.Overloaded("the queue is full"));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).isEqualTo(Map.of("Retry-After", "1"));
    assertThat(text(answer))
        .isEqualTo("{\"error\":\"overloaded\",\"reason\":\"the queue is full\"}");
  }

  @Test
  void aTimeOutSaysNoMore() {
    var answer = Refusals.of(new RequestFailure.TimedOut("waited 3 s for the writer"));
    assertThat(answer.status()).isEqualTo(504);
    assertThat(text(answer)).isEqualTo("{\"error\":\"request timed out\"}");
  }

  @Test
  void detailsFollowTheSentence() {
    var details = Map.<String, Object>of("fields", List.of("a"), "code", "X", "max", 3, "a", true);
    var answer = Refusals.of(new RequestFailure.Invalid("why", details));
    assertThat(text(answer))
        .isEqualTo("{\"error\":\"why\",\"a\":true,\"code\":\"X\",\"fields\":[\"a\"],\"max\":3}");
  }

  @Test
  void aHeaderCannotHoldALineBreak() {
    var answer = Response.empty(204);
    for (var value : new String[] {"a\r\nSet-Cookie: b", "a\u0000", "ä"}) {
      assertThatThrownBy(() -> answer.with("X", value))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static String text(Response answer) {
    return new String(answer.bytes(), UTF_8);
  }
}
