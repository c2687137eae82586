package dev.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriptionCommandsTest {
  private FakeNode node;
  private FakeTerminal terminal;

  @BeforeEach
  void start() throws IOException {
    node = new FakeNode();
    terminal = new FakeTerminal().with("QUORATE_URL", node.url());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void listShowsWhatBecameOfTheEvents() {
    node.answers(
        200,
        """
        {"count":1,"subscriptions":[{"id":"s1","url":"https://x.example/","events":"*",
         "namespace_filter":"ops/**","agent_filter":null,"dispatch_count":7,"failure_count":2,
         "waiting_count":1}]}
        """);
    assertThat(terminal.run("subscriptions", "list")).isZero();
    assertThat(terminal.out())
        .isEqualTo(
            """
            ID  EVENTS  NAMESPACES  AGENT  SENT  FAILED  WAITING  URL
            s1  *       ops/**      all    7     2       1        https://x.example/
            """);
  }

  @Test
  void aSecretIsTakenFromTheEnvironmentAndNotPrinted() {
    node.answers(201, "{\"id\":\"s1\"}");
    terminal.with("QUORATE_WEBHOOK_SECRET", "hush");
    assertThat(terminal.run("subscriptions", "add", "https://x.example/", "--events", "*"))
        .isZero();
    assertThat(terminal.out()).isEqualTo("subscribed as s1\n");
    assertThat(node.only().method()).isEqualTo("POST");
    assertThat(node.only().target()).isEqualTo("/api/v1/subscriptions");
    assertThat(node.only().body()).contains("\"secret\":\"hush\"", "\"events\":\"*\"");
  }

  @Test
  void removingWhatIsNotThereFails() {
    node.answers(200, "{\"id\":\"s1\",\"removed\":false}");
    assertThat(terminal.run("subscriptions", "remove", "s1")).isEqualTo(1);
    assertThat(terminal.err()).contains("there is no subscription s1");
    assertThat(node.only().target()).isEqualTo("/api/v1/subscriptions?id=s1");
  }

  @Test
  void deadLettersSayWhyTheyWereGivenUp() {
    node.answers(
        200,
        """
        {"count":1,"dead_letters":[{"number":3,"subscription_id":"s1","event":"memory_store",
         "reason":"answered with status 500","attempts":4,"given_up_at":"2026-01-01T00:00:00+00:00",
         "payload":{"memory_id":"m1"}}]}
        """);
    assertThat(terminal.run("subscriptions", "dead-letters", "--of", "s1")).isZero();
    assertThat(terminal.out()).contains("3       s1", "m1", "answered with status 500");
    assertThat(node.only().target())
        .isEqualTo("/api/v1/subscriptions/dead-letters?subscription_id=s1");
  }

  @Test
  void redriveSaysHowManyAreSentAgain() {
    node.answers(200, "{\"id\":\"s1\",\"redriven\":1}");
    assertThat(terminal.run("subscriptions", "redrive", "s1", "--number", "3")).isZero();
    assertThat(terminal.out()).isEqualTo("1 event is sent again\n");
    assertThat(node.only().target()).isEqualTo("/api/v1/subscriptions/s1/redrive?number=3");
  }
}
