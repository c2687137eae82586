package dev.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterCommandsTest {
  private static final String STATUS =
      """
      {"node":"n1","epoch":"e1","nodes":3,"write_quorum":2,"committed":17,"quarantined":1,"peers":[
       {"url":"http://127.0.0.1:7868","node":"n2","epoch":"e2","role":"replica","state":"connected",
        "confirmed":17,"lag":0,"failures":0,"trouble":null,"heard_at":"2026-01-01T00:00:00+00:00"},
       {"url":"http://127.0.0.1:7869","node":null,"epoch":null,"role":"replica","state":"resting",
        "confirmed":0,"lag":17,"failures":4,"trouble":"un\\u001b[31mreachable","heard_at":null}]}
      """;

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
  void statusShowsHowFarEachPeerIsAndWhatIsInTheWay() {
    node.answers(200, STATUS);
    assertThat(terminal.run("cluster", "status")).isZero();
    assertThat(terminal.out())
        .isEqualTo(
            """
            n1: 2 of 3 nodes must hold a write, 17 committed here, 1 in quarantine
            PEER                   NODE  STATE      CONFIRMED  LAG  LAST HEARD                 TROUBLE
            http://127.0.0.1:7868  n2    connected  17         0    2026-01-01T00:00:00+00:00
            http://127.0.0.1:7869  -     resting    0          17   never                      un[31mreachable
            """);
    assertThat(node.only().method()).isEqualTo("GET");
    assertThat(node.only().target()).isEqualTo("/api/v1/cluster/status");
  }

  @Test
  void aNodeOnItsOwnHasNoTable() {
    node.answers(
        200, "{\"node\":\"n1\",\"nodes\":1,\"write_quorum\":1,\"committed\":0,\"peers\":[]}");
    assertThat(terminal.run("cluster", "status")).isZero();
    assertThat(terminal.out()).contains("it has no peers").doesNotContain("PEER");
  }

  @Test
  void peersNamesTheNodeAskedAndTheOthers() {
    node.answers(200, STATUS);
    assertThat(terminal.run("cluster", "peers")).isZero();
    assertThat(terminal.out())
        .isEqualTo(
            """
            NODE  ADDRESS                ROLE     EPOCH
            n1    (the one asked)        replica  e1
            n2    http://127.0.0.1:7868  replica  e2
            -     http://127.0.0.1:7869  replica  -
            """);
  }

  @Test
  void digestIsOneLine() {
    node.answers(200, "{\"node\":\"n1\",\"epoch\":\"e1\",\"root\":\"abc\",\"sequence\":17}");
    assertThat(terminal.run("cluster", "digest")).isZero();
    assertThat(terminal.out()).isEqualTo("abc  n1 at change 17\n");
    assertThat(node.only().target()).isEqualTo("/api/v1/cluster/digest");
  }

  @Test
  void verifyEndsWellWhereAllAreEqual() {
    node.answers(
        200,
        """
        {"node":"n1","root":"abc","equal":true,"peers":[{"url":"http://a","reached":true,"equal":true,"taken":0}]}
        """);
    assertThat(terminal.run("cluster", "verify")).isZero();
    assertThat(terminal.out()).isEqualTo("http://a: equal\nall are equal, at abc\n");
    assertThat(node.only().method()).isEqualTo("POST");
    assertThat(node.only().target()).isEqualTo("/api/v1/cluster/verify");
  }

  @Test
  void verifyEndsWithOneWhereSomethingDiffersOrIsNotReached() {
    node.answers(
        200,
        """
        {"node":"n1","root":"abc","equal":false,"peers":[
         {"url":"http://a","reached":true,"equal":false,"taken":1},
         {"url":"http://b","reached":false,"equal":false,"taken":0}]}
        """);
    assertThat(terminal.run("cluster", "verify")).isEqualTo(1);
    assertThat(terminal.out())
        .isEqualTo(
            """
            http://a: differed; 1 register taken from it
            http://b: not reached
            not all are equal
            """);
    assertThat(terminal.run("cluster", "verify", "--json")).isEqualTo(1);
  }

  @Test
  void quarantineSaysWhatIsNotTakenAndWhenItIsTriedAgain() {
    node.answers(
        200,
        """
        {"node":"n1","count":1,"quarantine":[{"peer":"n2","lane":"memory","key":"6f0c","reason":"too large",
          "since":"2026-01-01T00:00:00+00:00","retry_at":null}]}
        """);
    assertThat(terminal.run("cluster", "quarantine", "list")).isZero();
    assertThat(terminal.out())
        .isEqualTo(
            """
            PEER  LANE    KEY   REASON     SINCE                      TRIED AGAIN
            n2    memory  6f0c  too large  2026-01-01T00:00:00+00:00  when the peer changes
            """);
    assertThat(node.only().target()).isEqualTo("/api/v1/cluster/quarantine");
  }

  @Test
  void anEmptyQuarantineIsSaid() {
    node.answers(200, "{\"node\":\"n1\",\"quarantine\":[],\"count\":0}");
    assertThat(terminal.run("cluster", "quarantine", "list")).isZero();
    assertThat(terminal.out()).isEqualTo("nothing is in quarantine\n");
  }

  @Test
  void retryDrivesTheQuarantineAgain() {
    node.answers(200, "{\"node\":\"n1\",\"retrying\":2}");
    assertThat(terminal.run("cluster", "quarantine", "retry")).isZero();
    assertThat(terminal.out()).isEqualTo("2 items are sent again\n");
    assertThat(node.only().method()).isEqualTo("POST");
    assertThat(node.only().target()).isEqualTo("/api/v1/cluster/quarantine/retry");
  }

  @Test
  void jsonIsTheNodesAnswer() {
    var digest = "{\"node\":\"n1\",\"epoch\":\"e1\",\"root\":\"abc\",\"sequence\":17}";
    node.answers(200, digest);
    assertThat(terminal.run("cluster", "digest", "--json")).isZero();
    assertThat(terminal.out()).isEqualTo(digest + "\n");
  }

  @Test
  void withoutACommandBelowItSaysWhatIsMissing() {
    assertThat(terminal.run("cluster")).isEqualTo(2);
    assertThat(terminal.err()).contains("quorate cluster --help");
    assertThat(terminal.run("cluster", "quarantine")).isEqualTo(2);
    assertThat(node.asked()).isEmpty();
  }
}
