package dev.quorate.http.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.identity.InboundTls;
import dev.quorate.identity.OutboundTls;
import dev.quorate.identity.TestCertificates;
import dev.quorate.settings.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsTest {
  private static final int LARGE = 1_500_000;

  @TempDir Path folder;
  private TestCertificates authority;
  private SSLContext inbound;

  @BeforeEach
  void makeCertificates() {
    authority = new TestCertificates(folder, "authority");
    var server = authority.issue("server", "EC");
    var settings = new TlsSettings(server.cert(), server.key(), null, null, null, null);
    inbound = InboundTls.context(settings).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aClientThatTrustsTheAuthorityIsServed(Version version) throws Exception {
    try (var server = serving(true, Loopback.echo());
        var client = client(version, outbound(null))) {
      for (var text : new String[] {"hello", "x".repeat(LARGE), "again"}) {
        var answer = post(client, server, text);
        assertThat(answer.body()).isEqualTo(text);
        assertThat(answer.version()).isEqualTo(version);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void manyRequestsAtOnceAreServed(Version version) {
    try (var server = serving(true, Loopback.echo());
        var client = client(version, outbound(null))) {
      var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
      for (var i = 0; i < 40; i++) {
        var request = request(server, "/echo", "%d ".formatted(i).repeat(5_000));
        answers.add(client.sendAsync(request, BodyHandlers.ofString()));
      }
      for (var i = 0; i < 40; i++) {
        assertThat(answers.get(i).join().body()).isEqualTo("%d ".formatted(i).repeat(5_000));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void theCertificateOfAClientReachesTheRoute(Version version) throws Exception {
    var known = authority.issue("known", "EC");
    var stranger = new TestCertificates(folder, "elsewhere").issue("stranger", "RSA");
    try (var server = serving(true, certificate())) {
      for (var issued : new TestCertificates.Issued[] {known, stranger}) {
        try (var client = client(version, outbound(issued))) {
          assertThat(post(client, server, "").body()).isEqualTo(issued.fingerprint());
          assertThat(post(client, server, "").body()).isEqualTo(issued.fingerprint());
        }
      }
      try (var client = client(version, outbound(null))) {
        assertThat(post(client, server, "").body()).isEqualTo("none");
      }
    }
  }

  @Test
  void aServerThatDoesNotAskSeesNoCertificate() throws Exception {
    try (var server = serving(false, certificate());
        var client = client(Version.HTTP_1_1, outbound(authority.issue("known", "EC")))) {
      assertThat(post(client, server, "").body()).isEqualTo("none");
    }
  }

  @Test
  void withoutTlsThereIsNoCertificate() {
    try (var server = Loopback.serving(certificate());
        var wire = server.connect()) {
      assertThat(wire.post("/echo", "{}").answer().text()).isEqualTo("none");
    }
  }

  @Test
  void aClientThatDoesNotTrustTheAuthorityLeavesAndOthersAreServed() throws Exception {
    try (var server = serving(true, Loopback.echo());
        var distrustful = client(Version.HTTP_1_1, OutboundTls.context(TlsSettings.DEFAULT));
        var client = client(Version.HTTP_1_1, outbound(null))) {
      assertThatThrownBy(() -> post(distrustful, server, "x")).isInstanceOf(SSLException.class);
      assertThat(post(client, server, "x").body()).isEqualTo("x");
    }
  }

  @Test
  void whoeverDoesNotSpeakTlsIsCutOff() throws Exception {
    try (var server = serving(true, Loopback.echo());
        var plain = server.connect();
        var client = client(Version.HTTP_1_1, outbound(null))) {
      plain.get("/echo");
      plain.untilClosed();
      assertThat(post(client, server, "x").body()).isEqualTo("x");
    }
  }

  @Test
  void protocolsOfThePastAreRefused() throws Exception {
    try (var server = serving(true, Loopback.echo())) {
      assertThat(handshake(server, "TLSv1.3")).isEqualTo("TLSv1.3");
      assertThat(handshake(server, "TLSv1.2")).isEqualTo("TLSv1.2");
      assertThatThrownBy(() -> handshake(server, "TLSv1.1")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aHandshakeThatStallsIsCutOff() throws Exception {
    var limits = Limits.patient().receiveMillis(300);
    try (var server = serving(limits, true, Loopback.echo());
        var wire = server.connect()) {
      // The beginning of a handshake record of which the rest never comes.
      wire.send(new byte[] {22, 3, 1, 2, 0, 1});
      wire.untilClosed();
    }
  }

  @Test
  void aClientThatDoesNotReadIsCutOffAndOthersAreServed() throws Exception {
    var limits = Limits.patient().sendMillis(300);
    var large = Loopback.get("/large", _ -> Response.text(200, "x".repeat(32 << 20)));
    try (var server = serving(limits, true, large, Loopback.echo());
        var deaf = (SSLSocket) socket(server);
        var client = client(Version.HTTP_1_1, outbound(null))) {
      deaf.startHandshake();
      deaf.getOutputStream().write("GET /large HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
      assertThat(server.nextServed().status()).isEqualTo(200);
      assertThat(post(client, server, "x").body()).isEqualTo("x");
    }
  }

  @Test
  void theEndIsSaidByTls() throws Exception {
    try (var server = serving(true, Loopback.echo());
        var socket = (SSLSocket) socket(server)) {
      socket
          .getOutputStream()
          .write(
              "POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi"
                  .getBytes(UTF_8));
      // An end of the stream without a word would be an exception.
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).endsWith("hi");
    }
  }

  private Loopback serving(boolean asksForCertificates, Route... routes) {
    return serving(Limits.patient(), asksForCertificates, routes);
  }

  private Loopback serving(Limits limits, boolean asksForCertificates, Route... routes) {
    return Loopback.serving(limits, new TlsOffer(inbound, asksForCertificates), routes);
  }

  private static Route certificate() {
    return Loopback.post(
        "/echo", request -> Response.text(200, request.clientCertificate().orElse("none")));
  }

  private SSLContext outbound(TestCertificates.@Nullable Issued shown) {
    var cert = shown == null ? null : shown.cert();
    var key = shown == null ? null : shown.key();
    return OutboundTls.context(new TlsSettings(null, null, null, cert, key, authority.ca()));
  }

  private Socket socket(Loopback server) throws IOException {
    var address = InetAddress.getLoopbackAddress();
    var socket = outbound(null).getSocketFactory().createSocket(address, server.port());
    socket.setSoTimeout((int) Loopback.PATIENCE.toMillis());
    return socket;
  }

  private String handshake(Loopback server, String protocol) throws IOException {
    try (var socket = (SSLSocket) socket(server)) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  private static HttpClient client(Version version, SSLContext context) {
    return HttpClient.newBuilder().version(version).sslContext(context).build();
  }

  private static HttpRequest request(Loopback server, String path, String body) {
    var address = URI.create("https://127.0.0.1:%d%s".formatted(server.port(), path));
    return HttpRequest.newBuilder(address)
        .timeout(Loopback.PATIENCE)
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static HttpResponse<String> post(HttpClient client, Loopback server, String body)
      throws IOException, InterruptedException {
    return client.send(request(server, "/echo", body), BodyHandlers.ofString());
  }
}
