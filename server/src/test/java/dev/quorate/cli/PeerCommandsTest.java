package dev.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.identity.NodeKey;
import dev.quorate.identity.PeerKeys;
import dev.quorate.identity.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerCommandsTest {
  @TempDir Path folder;
  private Path data;
  private PublicKey first;
  private PublicKey second;

  @BeforeEach
  void makeKeys() {
    data = folder.resolve("data");
    first = NodeKey.findOrMake(folder.resolve("first")).publicKey();
    second = NodeKey.findOrMake(folder.resolve("second")).publicKey();
  }

  @Test
  void identityMakesTheKeyOnceAndShowsIt() {
    var terminal = new FakeTerminal();
    assertThat(run(terminal, "identity")).isZero();
    var key = NodeKey.find(data).orElseThrow().publicKey();
    assertThat(terminal.out())
        .matches("node        host:[a-z0-9-]+-%s\npublic key  %s\n".formatted(key.shortHex(), key));
    var again = new FakeTerminal();
    assertThat(run(again, "identity")).isZero();
    assertThat(again.out()).isEqualTo(terminal.out());
    var json = new FakeTerminal().with("QUORATE_NODE_ID", "host:set");
    assertThat(run(json, "identity", "--json")).isZero();
    assertThat(json.out())
        .isEqualTo("{\"node\":\"host:set\",\"public_key\":\"%s\"}\n".formatted(key));
  }

  @Test
  void identityMakesNoKeyBesideARunningNode() throws IOException {
    Files.createDirectories(data);
    try (var _ = DataLock.take(data, "testing")) {
      var terminal = new FakeTerminal();
      assertThat(run(terminal, "identity")).isEqualTo(1);
      assertThat(terminal.err())
          .isEqualTo(
              "quorate: a node is running on %s; stop it before making its key\n".formatted(data));
      assertThat(NodeKey.find(data)).isEmpty();
    }
  }

  @Test
  void aKeyThatOthersCanReadIsToldInOneLine() throws IOException {
    run(new FakeTerminal(), "identity");
    Files.setPosixFilePermissions(NodeKey.file(data), PosixFilePermissions.fromString("rw-r--r--"));
    var terminal = new FakeTerminal();
    assertThat(run(terminal, "identity")).isEqualTo(1);
    assertThat(terminal.err()).hasLineCount(1).contains("must be readable by its owner only");
  }

  @Test
  void aPeerIsAskedShownAndEnrolledOnceItIsConfirmed() throws IOException {
    try (var node = new FakeNode().answers(200, identity("host:b-1", first))) {
      var terminal = new FakeTerminal().interactive().input("y\n");
      assertThat(run(terminal, "peer", "add", node.url())).isZero();
      assertThat(node.only().target()).isEqualTo("/api/v1/sync/identity");
      assertThat(terminal.out())
          .contains("node        host:b-1\npublic key  " + first.text())
          .contains("Enrol it?")
          .endsWith("enrolled host:b-1\n");
      assertThat(new PeerKeys(data).find("host:b-1")).contains(first);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"n\n", "\n", "", "maybe\n"})
  void anythingButYesEnrolsNothing(String answer) throws IOException {
    try (var node = new FakeNode().answers(200, identity("host:b-1", first))) {
      var terminal = new FakeTerminal().interactive().input(answer);
      assertThat(run(terminal, "peer", "add", node.url())).isEqualTo(1);
      assertThat(terminal.err()).isEqualTo("quorate: not enrolled\n");
      assertThat(new PeerKeys(data).all()).isEmpty();
    }
  }

  @Test
  void withoutATerminalItTakesAYes() throws IOException {
    try (var node = new FakeNode().answers(200, identity("host:b-1", first))) {
      var terminal = new FakeTerminal();
      assertThat(run(terminal, "peer", "add", node.url())).isEqualTo(1);
      assertThat(terminal.err()).hasLineCount(1).contains("say --yes");
      assertThat(new PeerKeys(data).all()).isEmpty();
      assertThat(run(new FakeTerminal(), "peer", "add", node.url(), "--yes")).isZero();
      assertThat(new PeerKeys(data).find("host:b-1")).contains(first);
    }
  }

  @Test
  void anotherKeyForAKnownPeerHasToBeMeant() throws IOException {
    try (var node =
        new FakeNode()
            .answers(200, identity("host:b", first))
            .answers(200, identity("host:b", second))) {
      assertThat(run(new FakeTerminal(), "peer", "add", node.url(), "--yes")).isZero();
      var refused = new FakeTerminal();
      assertThat(run(refused, "peer", "add", node.url(), "--yes")).isEqualTo(1);
      assertThat(refused.err()).contains("host:b is enrolled with another key").hasLineCount(1);
      assertThat(new PeerKeys(data).find("host:b")).contains(first);
      assertThat(run(new FakeTerminal(), "peer", "add", node.url(), "--yes", "--replace")).isZero();
      assertThat(new PeerKeys(data).find("host:b")).contains(second);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"node\":\"host:b\",\"public_key\":\"short\"}",
        "{\"node\":\"a b\",\"public_key\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}"
      })
  void anAnswerThatIsNoIdentityIsTold(String answer) throws IOException {
    try (var node = new FakeNode().answers(200, answer)) {
      var terminal = new FakeTerminal();
      assertThat(run(terminal, "peer", "add", node.url(), "--yes")).isEqualTo(1);
      assertThat(terminal.err())
          .isEqualTo(
              "quorate: %s did not say who it is; is it a Quorate node?\n".formatted(node.url()));
    }
  }

  @Test
  void aNodeDoesNotEnrolItself() throws IOException {
    var own = new FakeTerminal().with("QUORATE_NODE_ID", "host:own");
    try (var node = new FakeNode().answers(200, identity("host:own", first))) {
      assertThat(run(own, "peer", "add", node.url(), "--yes")).isEqualTo(1);
      assertThat(own.err()).contains("host:own is this node itself");
      assertThat(new PeerKeys(data).all()).isEmpty();
    }
  }

  @Test
  void aKeyComesFromAFileRawOrAsText() throws IOException {
    var raw = Files.write(folder.resolve("raw.pub"), first.bytes());
    var text = Files.writeString(folder.resolve("text.pub"), second.text() + "\n");
    assertThat(run(new FakeTerminal(), "peer", "add", "--key", raw.toString(), "--id", "host:old"))
        .isZero();
    assertThat(run(new FakeTerminal(), "peer", "add", "--key", text.toString(), "--id", "a/b"))
        .isZero();
    assertThat(new PeerKeys(data).find("host:old")).contains(first);
    assertThat(new PeerKeys(data).find("a/b")).contains(second);
    var broken = Files.writeString(folder.resolve("broken.pub"), "no key");
    var terminal = new FakeTerminal();
    assertThat(run(terminal, "peer", "add", "--key", broken.toString(), "--id", "x")).isEqualTo(1);
    assertThat(terminal.err()).hasLineCount(1).contains("is no public key");
    var missing = new FakeTerminal();
    assertThat(run(missing, "peer", "add", "--key", folder + "/none", "--id", "x")).isEqualTo(1);
    assertThat(missing.err()).hasLineCount(1).contains("there is no file");
  }

  @Test
  void peersAreListedAndRemoved() {
    var empty = new FakeTerminal();
    assertThat(run(empty, "peer", "list")).isZero();
    assertThat(empty.err()).isEqualTo("quorate: no peer is enrolled\n");
    new PeerKeys(data).enrol("host:b", first, false);
    new PeerKeys(data).enrol("a/x", second, false);
    var list = new FakeTerminal();
    assertThat(run(list, "peer", "list")).isZero();
    assertThat(list.out()).isEqualTo(second.text() + "  a/x\n" + first.text() + "  host:b\n");
    var removed = new FakeTerminal();
    assertThat(run(removed, "peer", "remove", "host:b")).isZero();
    assertThat(removed.out()).isEqualTo("removed host:b\n");
    assertThat(new PeerKeys(data).all()).containsOnlyKeys("a/x");
    var gone = new FakeTerminal();
    assertThat(run(gone, "peer", "remove", "host:b")).isEqualTo(1);
    assertThat(gone.err()).isEqualTo("quorate: no peer is enrolled as 'host:b'\n");
  }

  private int run(FakeTerminal terminal, String... args) {
    return terminal.with("QUORATE_DATA", data.toString()).run(args);
  }

  private static String identity(String node, PublicKey key) {
    return "{\"node\":\"%s\",\"public_key\":\"%s\",\"epoch\":\"e\",\"version\":\"1\"}"
        .formatted(node, key);
  }
}
