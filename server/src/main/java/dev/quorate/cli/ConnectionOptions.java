package dev.quorate.cli;

import dev.quorate.settings.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which node a command talks to, as whom, and how it prints the answer.
final class ConnectionOptions {
  private static final String URL_DEFAULT = "http://127.0.0.1:7867";
  private static final Set<String> SCHEMES = Set.of("http", "https");

  @Option(
      names = "--url",
      paramLabel = "URL",
      order = 90,
      description = "The node (QUORATE_URL, or " + URL_DEFAULT + ").")
  private @Nullable String url;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      order = 91,
      description = "API key; better given as QUORATE_API_KEY, which no process list shows.")
  private @Nullable String apiKey;

  @Option(
      names = "--agent",
      paramLabel = "ID",
      order = 92,
      description = "The agent that asks (QUORATE_AGENT_ID), such as ai:alice.")
  private @Nullable String agent;

  @Option(names = "--json", order = 93, description = "Print the node's answer as JSON.")
  private boolean json;

  boolean json() {
    return json;
  }

  @Nullable String agent(Terminal terminal) {
    return given(agent, terminal, "QUORATE_AGENT_ID");
  }

  /// A connection to the node, to be closed.
  Client client(Terminal terminal) {
    var key = given(apiKey, terminal, "QUORATE_API_KEY");
    return new Client(
        address(given(url, terminal, "QUORATE_URL")),
        key == null ? null : new Secret(key),
        agent(terminal));
  }

  private static @Nullable String given(@Nullable String flag, Terminal terminal, String variable) {
    if (flag != null) return flag;
    var value = terminal.environment().get(variable);
    return value == null || value.isEmpty() ? null : value;
  }

  /// The address of a node.
  ///
  /// @param given absent for the usual one
  static URI address(@Nullable String given) {
    var text = given == null ? URL_DEFAULT : given;
    try {
      var address = new URI(text.replaceFirst("/+$", ""));
      var isAddress =
          address.getScheme() != null
              && SCHEMES.contains(address.getScheme())
              && address.getHost() != null
              && address.getRawQuery() == null
              && address.getRawFragment() == null
              && address.getRawUserInfo() == null;
      if (isAddress) return address;
    } catch (URISyntaxException _) {
      // Told below, in the same words.
    }
    throw CommandFailure.usage(
        "not the address of a node: '%s' (like %s)".formatted(text, URL_DEFAULT));
  }
}
