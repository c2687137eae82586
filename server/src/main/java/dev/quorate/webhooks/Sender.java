package dev.quorate.webhooks;

import dev.quorate.failure.RequestFailure;
import dev.quorate.subscriptions.AddressRule;
import dev.quorate.subscriptions.NameLookup;
import dev.quorate.subscriptions.WebhookUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Posts messages to addresses that the rule admits. A name is looked up once for each connection,
/// every address that it stands for is checked, and the connection goes to one of those and no
/// other. Redirects are not followed, no proxy is used, nothing is remembered between two messages.
/// Thread-safe.
final class Sender implements AutoCloseable {
  /// For looking up, connecting, sending and the whole answer together.
  private static final Timeout PATIENCE = Timeout.ofSeconds(5);

  private static final int ANSWER_BYTES_MAX = 64 << 10;

  /// Of all subscriptions together, each of which sends one message at a time.
  private static final int CONNECTIONS_MAX = 1_024;

  private final CloseableHttpClient plain;
  private final CloseableHttpClient secure;
  private final ExecutorService exchanges = Executors.newVirtualThreadPerTaskExecutor();

  Sender(NameLookup names, AddressRule rule) {
    plain = client("http", names, rule);
    secure = client("https", names, rule);
  }

  private static CloseableHttpClient client(String scheme, NameLookup names, AddressRule rule) {
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(new Checked(scheme, names, rule))
            .setMaxConnTotal(CONNECTIONS_MAX)
            .setMaxConnPerRoute(CONNECTIONS_MAX)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(PATIENCE)
                    .setSocketTimeout(PATIENCE)
                    .build())
            .build();
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setConnectionReuseStrategy((_, _, _) -> false)
        .setUserAgent("quorate")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  /// Looks names up and checks what they stand for.
  private record Checked(String scheme, NameLookup names, AddressRule rule) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) {
      var inUri = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
      return WebhookUrl.addresses(URI.create(scheme + "://" + inUri + "/"), names, rule)
          .toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  /// An answer that is cut off.
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("answered with more than %d bytes".formatted(ANSWER_BYTES_MAX));
    }
  }

  /// Sends a message and waits for the whole answer, at most 5 s.
  ///
  /// @throws Undelivered when there is none
  /// @throws InterruptedException when the node stops; the message may have arrived
  Reply send(String url, Message message) throws Undelivered, InterruptedException {
    var uri = WebhookUrl.shape(url);
    var post = new HttpPost(uri);
    message.headers().forEach(post::setHeader);
    post.setEntity(new StringEntity(message.body(), ContentType.APPLICATION_JSON));
    var isPlain = uri.getScheme().toLowerCase(Locale.ROOT).equals("http");
    var client = isPlain ? plain : secure;
    var exchange = exchanges.submit(() -> client.execute(post, answer -> reply(post, answer)));
    try {
      return exchange.get(PATIENCE.toMilliseconds(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw new Undelivered("no whole answer within %d s".formatted(PATIENCE.toSeconds()));
    } catch (ExecutionException e) {
      throw undelivered(e.getCause());
    } finally {
      post.cancel();
      exchange.cancel(true);
    }
  }

  private static Reply reply(HttpPost post, ClassicHttpResponse answer) throws IOException {
    var entity = answer.getEntity();
    if (entity == null) return new Reply(answer.getCode(), "");
    var body = entity.getContent().readNBytes(ANSWER_BYTES_MAX + 1);
    if (body.length > ANSWER_BYTES_MAX) {
      // Otherwise the client would read the rest to its end.
      post.cancel();
      throw new TooLong();
    }
    return new Reply(answer.getCode(), new String(body, StandardCharsets.UTF_8));
  }

  private static Undelivered undelivered(@Nullable Throwable cause) {
    return new Undelivered(
        switch (cause) {
          case RequestFailure refused -> String.valueOf(refused.getMessage());
          case IOException e -> Trouble.of(e);
          case null -> "could not be sent";
          // What a library says may repeat what the other side sent.
          default -> "could not be sent: " + cause.getClass().getSimpleName();
        });
  }

  @Override
  public void close() throws IOException {
    exchanges.shutdownNow();
    plain.close();
    secure.close();
  }
}
