package dev.quorate.settings;

import java.util.regex.Pattern;

/// What an API key may look like, so that it fits into a header.
final class ApiKeyRule {
  private static final Pattern API_KEY = Pattern.compile("[!-~]{1,256}");

  private ApiKeyRule() {}

  static void check(String key, Secret secret) {
    if (!API_KEY.matcher(secret.text()).matches()) {
      throw new InvalidSetting(
          key,
          "%s must be 1..256 printable ASCII characters without spaces: %d given"
              .formatted(key, secret.text().length()));
    }
  }
}
