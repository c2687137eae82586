package dev.quorate.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyTest {
  private static final byte[] RAW =
      HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

  @Test
  void aKeyIsReadFromEverySpellingOfBase64() {
    var key = PublicKey.of(RAW).orElseThrow();
    assertThat(key.text()).hasSize(43).doesNotContain("=", "+", "/");
    assertThat(PublicKey.parse(key.text())).contains(key);
    assertThat(PublicKey.parse(" " + Base64.getEncoder().encodeToString(RAW) + "\n")).contains(key);
    assertThat(PublicKey.parse(Base64.getUrlEncoder().encodeToString(RAW))).contains(key);
    assertThat(key.shortHex()).isEqualTo("d75a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "d75a", "!", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHUQ"})
  void anythingElseIsNone(String text) {
    assertThat(PublicKey.parse(text)).isEmpty();
  }

  /// With such a key, a signature could be made by anyone.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
      })
  void aPointOfSmallOrderIsNoKey(String hex) {
    assertThat(PublicKey.of(HexFormat.of().parseHex(hex))).isEmpty();
  }

  @Test
  void aKeyIsEqualByItsBytes() {
    var key = PublicKey.of(RAW).orElseThrow();
    assertThat(PublicKey.of(RAW.clone())).contains(key);
    assertThat(key.hashCode()).isEqualTo(PublicKey.of(RAW).orElseThrow().hashCode());
    key.bytes()[0] = 0;
    assertThat(key.bytes()).isEqualTo(RAW);
    assertThat(key.verifies(new byte[0], new byte[63])).isFalse();
  }
}
