package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quorate.failure.RequestFailure;
import dev.quorate.federation.Transport.Reply;
import dev.quorate.identity.Tag;
import dev.quorate.json.Json;
import dev.quorate.quorum.Miss;
import dev.quorate.replication.Outcome;
import dev.quorate.wire.Frame;
import dev.quorate.wire.PushBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifyingTest {
  private static final long NOW = 5_000;

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 413, 422, 499})
  void aStatusOfTheFourHundredsIsARefusalWithWhatThePeerSays(int status) {
    assertThat(refusal(status, "{\"error\":\"no_way\"}"))
        .isEqualTo(new Outcome.Refused(status, "no_way"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 500, 503, 599})
  void anyOtherStatusIsAFailureOfThePeer(int status) {
    assertThat(refusal(status, "{\"error\":\"internal\"}"))
        .isEqualTo(new Outcome.Failed(status, "internal"));
  }

  @Test
  void tooManyRequestsAreThrottledUntilTheTimeThePeerNames() {
    var reply = new Reply(429, bytes("{\"error\":\"quota\"}"), 7_000);
    assertThat(Classifying.refusal(reply, NOW)).isEqualTo(new Outcome.Throttled(12_000));
  }

  @Test
  void aReplayedNonceIsToldApartFromTheOtherRefusalsOfASignature() {
    var body = "{\"error\":\"x_memory_nonce_replay\"}";
    assertThat(refusal(401, body)).isEqualTo(new Outcome.Replayed());
    assertThat(refusal(403, body)).isInstanceOf(Outcome.Refused.class);
  }

  @ParameterizedTest
  @EnumSource(Tag.class)
  void ofAllTagsOnlyThatOfAReplayedNonceMakesAnotherTryWorthwhile(Tag tag) {
    var body = Json.text(Json.object().put("error", tag.text()));
    assertThat(refusal(401, body).retryable()).isEqualTo(tag == Tag.NONCE_REPLAY);
  }

  @Test
  void whatARealNodeSaysToAVersionItDoesNotSpeakIsAnotherVersion() {
    var frame = new Frame(1, "n1", "e1", 0, 0, true, "2026-06-01T12:00:01.000000000+00:00");
    var body = new String(PushBody.write("n1", frame, List.of()), StandardCharsets.UTF_8);
    var newer = body.replace("\"version\":1", "\"version\":9");
    var failure =
        catchThrowableOfType(RequestFailure.Invalid.class, () -> PushBody.read(bytes(newer)));
    var answer = Json.object().put("error", failure.getMessage());
    failure.details().forEach((name, value) -> answer.put(name, String.valueOf(value)));
    assertThat(refusal(400, Json.text(answer)))
        .isEqualTo(new Outcome.OtherVersion("this node does not speak version 9 of the protocol"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "400; {\"error\":\"e\",\"code\":\"VALIDATION\"}",
        "400; {\"error\":\"UNSUPPORTED_VERSION\"}",
        "400; {\"error\":\"e\",\"code\":[\"UNSUPPORTED_VERSION\"]}",
        "422; {\"error\":\"e\",\"code\":\"UNSUPPORTED_VERSION\"}"
      })
  void anyOtherCodeOrStatusIsAnOrdinaryRefusal(int status, String body) {
    assertThat(refusal(status, body)).isInstanceOf(Outcome.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1]", "\"text\"", "{\"error\":7}", "{\"error\":null}", "{}"})
  void anAnswerThatSaysNothingIsStillClassifiedByItsStatus(String body) {
    assertThat(refusal(400, body)).isInstanceOf(Outcome.Refused.class);
    assertThat(refusal(502, body)).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void anAnswerThatIsNotJsonIsTheTextItself() {
    assertThat(refusal(502, "<h1>Bad Gateway</h1>"))
        .isEqualTo(new Outcome.Failed(502, "<h1>Bad Gateway</h1>"));
  }

  @Test
  void whatThePeerSaysIsCutAndCannotBreakALine() {
    var said = refusal(400, Json.text(Json.object().put("error", "a\nb\u001b\u2028c\u202e")));
    assertThat(said).isEqualTo(new Outcome.Refused(400, "a?b??c?"));
    var much = refusal(400, Json.text(Json.object().put("error", "x".repeat(5_000))));
    assertThat(much).isEqualTo(new Outcome.Refused(400, "x".repeat(200)));
    var version = Json.object().put("error", "v\r\n9").put("code", "UNSUPPORTED_VERSION");
    assertThat(refusal(400, Json.text(version))).isEqualTo(new Outcome.OtherVersion("v??9"));
  }

  @Test
  void noAnswerIsATimeoutOrAnUnreachablePeer() {
    assertThat(Classifying.lost(new Transport.Lost("late", true)))
        .isEqualTo(new Outcome.TimedOut());
    assertThat(Classifying.lost(new Transport.Lost("no route", false)))
        .isEqualTo(new Outcome.Unreachable("no route"));
  }

  @ParameterizedTest
  @CsvSource({"199, false", "200, true", "202, true", "299, true", "300, false", "404, false"})
  void onlyStatusesOfTheTwoHundredsAreSuccess(int status, boolean success) {
    assertThat(Classifying.success(new Reply(status, bytes("{}"), 0))).isEqualTo(success);
  }

  @Test
  void whoWaitsIsToldThatThePeerRefused() {
    assertThat(new Outcome.Replayed().miss()).isEqualTo(Miss.REFUSED);
    assertThat(new Outcome.OtherVersion("v").miss()).isEqualTo(Miss.REFUSED);
  }

  private static Outcome refusal(int status, String body) {
    return Classifying.refusal(new Reply(status, bytes(body), 0), NOW);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
