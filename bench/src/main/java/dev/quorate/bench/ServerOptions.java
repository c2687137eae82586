package dev.quorate.bench;

import dev.quorate.bench.probe.CannotRun;
import dev.quorate.bench.wire.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which servers, and how they are reached.
final class ServerOptions {
  private static final int TIMEOUT_SECONDS_MAX = 3_600;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "A server; give it several times to spread over nodes [http://127.0.0.1:7867].")
  private List<String> urls = List.of("http://127.0.0.1:7867");

  @Option(names = "--api-key", paramLabel = "KEY", description = "Sent as X-API-Key.")
  private @Nullable String apiKey;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long an answer may take [${DEFAULT-VALUE}].")
  private int timeoutSeconds = 30;

  List<Endpoint> endpoints() {
    try {
      return urls.stream().map(Endpoint::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new CannotRun(String.valueOf(e.getMessage()), e);
    }
  }

  @Nullable String apiKey() {
    if (apiKey != null && !apiKey.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new CannotRun("--api-key may hold visible ASCII characters only");
    }
    return apiKey;
  }

  int timeoutSeconds() {
    return Ranges.check("--timeout", timeoutSeconds, 1, TIMEOUT_SECONDS_MAX);
  }
}
