package dev.quorate.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.NodeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerKeysTest {
  @TempDir Path data;

  @Test
  void aKeyIsEnrolledReplacedAndForgotten() {
    var keys = new PeerKeys(data);
    var first = key("1");
    var second = key("2");
    assertThat(keys.find("host:a")).isEmpty();
    assertThat(keys.all()).isEmpty();
    assertThat(keys.enrol("host:a", first, false)).isEqualTo(Enrolment.ADDED);
    assertThat(keys.enrol("host:a", first, false)).isEqualTo(Enrolment.UNCHANGED);
    assertThat(keys.enrol("host:a", second, false)).isEqualTo(Enrolment.REFUSED);
    assertThat(keys.find("host:a")).contains(first);
    assertThat(keys.enrol("host:a", second, true)).isEqualTo(Enrolment.REPLACED);
    assertThat(keys.find("host:a")).contains(second);
    assertThat(keys.forget("host:a")).isTrue();
    assertThat(keys.forget("host:a")).isFalse();
    assertThat(keys.find("host:a")).isEmpty();
  }

  @Test
  void whatAnotherProcessDoesIsSeenAtOnce() {
    var keys = new PeerKeys(data);
    var others = new PeerKeys(data);
    assertThat(keys.find("host:a")).isEmpty();
    others.enrol("host:a", key("1"), false);
    assertThat(keys.find("host:a")).contains(key("1"));
    others.enrol("host:a", key("2"), true);
    assertThat(keys.find("host:a")).contains(key("2"));
    others.forget("host:a");
    assertThat(keys.find("host:a")).isEmpty();
    assertThat(keys.all()).isEmpty();
  }

  @Test
  void aFileCanBeCopiedThere() throws IOException {
    var folder = Files.createDirectories(data.resolve("keys/peers"));
    Files.write(folder.resolve("host:old.pub"), key("1").bytes());
    assertThat(new PeerKeys(data).find("host:old")).contains(key("1"));
    assertThat(new PeerKeys(data).all()).isEqualTo(Map.of("host:old", key("1")));
  }

  @ParameterizedTest
  @CsvSource({"ai:alice@x.example, ai:alice@x.example.pub", "team/a/b, team%2Fa%2Fb.pub"})
  void anIdNamesItsFile(String id, String file) {
    var keys = new PeerKeys(data);
    keys.enrol(id, key("1"), false);
    assertThat(data.resolve("keys/peers").resolve(file)).isRegularFile();
    assertThat(keys.find(id)).contains(key("1"));
    assertThat(keys.all()).containsOnlyKeys(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "../../node", "/etc/x", "a%2Fb", "a\u0000", "x..y"})
  void whatIsNoIdHasNoKeyAndGetsNone(String id) {
    var keys = new PeerKeys(data);
    assertThat(keys.find(id)).isEmpty();
    assertThat(keys.forget(id)).isFalse();
    assertThatThrownBy(() -> keys.enrol(id, key("1"), false)).isInstanceOf(NodeFailure.class);
    assertThat(data.resolve("keys")).doesNotExist();
  }

  @Test
  void anIdTooLongForAFileNameIsUnknownAndNotAFailure() {
    var id = "a/".repeat(63) + "a";
    var keys = new PeerKeys(data);
    assertThat(keys.find(id)).isEmpty();
    assertThatThrownBy(() -> keys.enrol(id, key("1"), false)).isInstanceOf(NodeFailure.class);
    assertThat(keys.enrol("a".repeat(128), key("1"), false)).isEqualTo(Enrolment.ADDED);
  }

  @Test
  void aBrokenFileIsNotTakenForNone() throws IOException {
    var file = Files.createDirectories(data.resolve("keys/peers")).resolve("host:a.pub");
    Files.write(file, new byte[31]);
    assertThatThrownBy(() -> new PeerKeys(data).find("host:a"))
        .isInstanceOf(NodeFailure.class)
        .hasMessage("the key file %s is not the 32 bytes of an Ed25519 public key".formatted(file));
  }

  @Test
  void aFileOfAnotherNameIsReportedInTheList() throws IOException {
    var folder = Files.createDirectories(data.resolve("keys/peers"));
    Files.writeString(folder.resolve("notes.txt"), "mine");
    assertThat(new PeerKeys(data).all()).isEmpty();
    Files.write(folder.resolve("a b.pub"), key("1").bytes());
    assertThatThrownBy(() -> new PeerKeys(data).all())
        .isInstanceOf(NodeFailure.class)
        .hasMessageEndingWith("is not named like a peer");
  }

  private PublicKey key(String seed) {
    return KeyFolder.keyOf(data.resolve("seed" + seed), seed.repeat(64)).publicKey();
  }
}
