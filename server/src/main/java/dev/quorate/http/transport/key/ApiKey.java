package dev.quorate.http.transport.key;

import java.security.SecureRandom;
import java.util.Base64;

/// A new API key, in the one moment in which its text is known. Like `qk_` and 43 characters of
/// URL-safe Base64.
public final class ApiKey {
  private static final int RANDOM_BYTES = 32;

  private final String text;

  private ApiKey(String text) {
    this.text = text;
  }

  public static ApiKey generate() {
    var random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return new ApiKey("qk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }

  /// The secret itself: to be shown once, never logged.
  public String text() {
    return text;
  }

  public KeyHash hash() {
    return KeyHash.of(text);
  }

  @Override
  public String toString() {
    return "ApiKey[hidden]";
  }
}
