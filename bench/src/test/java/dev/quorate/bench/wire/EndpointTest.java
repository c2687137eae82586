package dev.quorate.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @Test
  void aUrlNamesHostAndPort() {
    assertThat(Endpoint.parse("http://localhost:7867")).isEqualTo(new Endpoint("localhost", 7867));
    assertThat(Endpoint.parse("http://10.0.0.1/")).isEqualTo(new Endpoint("10.0.0.1", 80));
    assertThat(Endpoint.parse("http://[::1]:7867").address()).isEqualTo("::1");
    assertThat(Endpoint.parse("http://[::1]:7867")).hasToString("http://[::1]:7867");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:7867",
        "http://",
        "http://host:0",
        "http://host:65536",
        "http://host:7867/api",
        "http://host?x=1",
        "ftp://host",
        "http://a b"
      })
  void anythingElseIsRefusedInOneSentence(String url) {
    assertThatThrownBy(() -> Endpoint.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the url ")
        .hasMessageEndingWith(": " + url);
  }

  @Test
  void encryptionIsRefusedByName() {
    assertThatThrownBy(() -> Endpoint.parse("https://host:1"))
        .hasMessage("the load generator speaks plain http only: https://host:1");
  }
}
