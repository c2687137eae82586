package dev.quorate.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What counts as an acknowledgement, and what is said of anything else.
class ReplyTest {
  private static final String ACK = "{\"status\":\"ack\",\"correlation_id\":\"c1\"}";

  @Test
  void theAcknowledgementOfTheSameEventIsOne() {
    for (var status : new int[] {200, 202, 299}) {
      assertThat(new Reply(status, ACK).fault("c1")).isEmpty();
    }
    assertThat(new Reply(200, ACK).fault("c2")).hasValue("acknowledged another correlation_id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "199 | {\"status\":\"ack\",\"correlation_id\":\"c1\"} | answered with status 199",
        "302 | {\"status\":\"ack\",\"correlation_id\":\"c1\"} | answered with status 302",
        "500 | {\"status\":\"ack\",\"correlation_id\":\"c1\"} | answered with status 500",
        "200 | {\"correlation_id\":\"c1\"} | answered with no acknowledgement",
        "200 | {\"status\":\"no\",\"correlation_id\":\"c1\"} | answered with no acknowledgement",
        "200 | {\"status\":1,\"correlation_id\":\"c1\"} | answered with no acknowledgement",
        "200 | {\"status\":\"ack\"} | acknowledged another correlation_id",
        "200 | [] | answered with no acknowledgement",
        "200 | `` | answered with no acknowledgement",
        "200 | <html>c1 ack</html> | answered with something that is not JSON"
      })
  void anythingElseIsNone(int status, String body, String fault) {
    assertThat(new Reply(status, body).fault("c1")).hasValue(fault);
  }
}
