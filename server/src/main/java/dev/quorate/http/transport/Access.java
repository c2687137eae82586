package dev.quorate.http.transport;

import dev.quorate.failure.RequestFailure;
import dev.quorate.http.transport.key.KeyHash;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/// Who may use the routes: everyone, or whoever presents one of some API keys. Immutable.
///
/// A key is taken from `X-API-Key`, else from `Authorization: Bearer`, else from the query
/// parameter `api_key`. Its hash is compared with every known hash, in a time that does not depend
/// on where they differ or on which one matches.
public final class Access {
  private static final HeaderName API_KEY = HeaderNames.create("X-API-Key");
  private static final String BEARER = "Bearer ";
  private static final String PARAMETER = "api_key";

  private final byte[][] hashes;

  private Access(byte[][] hashes) {
    this.hashes = hashes;
  }

  public static Access open() {
    return new Access(new byte[0][]);
  }

  public static Access keys(Set<KeyHash> keys) {
    if (keys.isEmpty()) throw new IllegalArgumentException("no API key is given");
    return new Access(keys.stream().map(KeyHash::bytes).toArray(byte[][]::new));
  }

  /// Refuses a request that presents no known key.
  void check(ServerRequestHeaders headers, LazyQuery query) {
    if (!admits(headers, query)) {
      throw new RequestFailure.Unauthorised("missing or invalid API key");
    }
  }

  /// Whether a request presents a known key, or none is needed.
  boolean admits(ServerRequestHeaders headers, LazyQuery query) {
    if (hashes.length == 0) return true;
    return presented(headers, query).map(KeyHash::digest).map(this::isKnown).orElse(false);
  }

  private boolean isKnown(byte[] presented) {
    var known = false;
    for (var hash : hashes) known |= MessageDigest.isEqual(hash, presented);
    return known;
  }

  private static Optional<String> presented(ServerRequestHeaders headers, LazyQuery query) {
    var key = headers.first(API_KEY);
    if (key.isPresent()) return key;
    var bearer =
        headers
            .first(HeaderNames.AUTHORIZATION)
            .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            .map(value -> value.substring(BEARER.length()).strip());
    if (bearer.isPresent()) return bearer;
    return query.mentions(PARAMETER) ? query.get().value(PARAMETER) : Optional.empty();
  }
}
