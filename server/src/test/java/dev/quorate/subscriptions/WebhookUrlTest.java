package dev.quorate.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.RequestFailure.Invalid;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {
  private static final AddressRule PUBLIC = new AddressRule(false);
  private static final AddressRule LOOPBACK = new AddressRule(true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.9.9",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "fec0::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2002:7f00:1::",
        "2001::1",
        "2001:db8::1",
        "100::1"
      })
  void whatIsNotPublicIsRefusedByBothRules(String address) throws UnknownHostException {
    var resolved = InetAddress.getByName(address);
    assertThat(PUBLIC.refusal(resolved)).isPresent();
    assertThat(LOOPBACK.refusal(resolved)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700::1",
        "2001:4860::8888",
        "2002:101:101::"
      })
  void whatIsPublicIsAllowed(String address) throws UnknownHostException {
    assertThat(PUBLIC.refusal(InetAddress.getByName(address))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
  void thisMachineIsAllowedWhereTheOperatorSaysSo(String address) throws UnknownHostException {
    assertThat(PUBLIC.refusal(InetAddress.getByName(address))).isPresent();
    assertThat(LOOPBACK.refusal(InetAddress.getByName(address))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.org",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https:///x",
        "https://",
        "https://u:p@1.1.1.1/",
        "https://1.1.1.1/#f",
        "https://1.1.1.1:0/",
        "https://1.1.1.1:70000/",
        "https://a b/",
        "https://[::1",
        "https://exämple.org/",
        "http://1.1.1.1/",
        "https://127.0.0.1/",
        "http://[::1]/",
        "https://2130706433/",
        "https://127.1/",
        "https://[::ffff:127.0.0.1]/",
        "https://192.168.0.1/",
        "http://169.254.169.254/latest",
        "https://localhost/"
      })
  void whatMayNotBeNamedIsRefused(String url) {
    assertThatThrownBy(() -> WebhookUrl.check(url, PUBLIC)).isInstanceOf(Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.3", "169.254.169.254", "0.0.0.0", "127.0.0.1", "fd12::1"})
  void aRefusalDoesNotTellWhatANameStandsFor(String address) throws UnknownHostException {
    var resolved = InetAddress.getByName(address);
    assertThatThrownBy(() ->
            WebhookUrl.addresses(
                URI.create("https://db.inner.example/"), _ -> List.of(resolved), PUBLIC))
        .isInstanceOf(Invalid.class)
        .hasMessageStartingWith("url leads to ")
        .hasMessageNotContainingAny(address, resolved.getHostAddress());
  }

  @Test
  void onlyThisMachineMayBeReachedInPlainHttp() {
    assertThat(WebhookUrl.check("https://1.1.1.1:8443/a?b=c", PUBLIC))
        .isEqualTo("https://1.1.1.1:8443/a?b=c");
    assertThat(WebhookUrl.check("http://127.0.0.1:9/", LOOPBACK)).isEqualTo("http://127.0.0.1:9/");
    assertThatThrownBy(() -> WebhookUrl.check("http://1.1.1.1/", LOOPBACK))
        .hasMessageContaining("must be https");
  }

  @Test
  void aUrlIsBounded() {
    assertThatThrownBy(() -> WebhookUrl.shape("https://1.1.1.1/" + "x".repeat(2_048)))
        .hasMessageContaining("at most 2048 characters");
  }
}
