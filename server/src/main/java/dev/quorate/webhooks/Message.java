package dev.quorate.webhooks;

import dev.quorate.json.Json;
import dev.quorate.store.Notice;
import dev.quorate.subscriptions.SigningKey;
import dev.quorate.time.Timestamps;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ObjectNode;

/// One event as it is sent at one moment: the body, and the headers that prove it (api.md 1.8).
record Message(Map<String, String> headers, String body) {
  private static final String ALGORITHM = "HmacSHA256";

  /// The signature is over `<seconds since 1970>.<body>`.
  static Message of(Notice notice, SigningKey key, Instant now) {
    var json = (ObjectNode) Json.parse(notice.body());
    var body = Json.canonical(json.put("delivered_at", Timestamps.render(now)));
    var seconds = Long.toString(now.getEpochSecond());
    return new Message(
        Map.of(
            "x-ai-memory-timestamp",
            seconds,
            "x-ai-memory-correlation-id",
            notice.correlationId(),
            "x-ai-memory-signature",
            "sha256=" + hmac(key, seconds + "." + body)),
        body);
  }

  private static String hmac(SigningKey key, String text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(HexFormat.of().parseHex(key.hex()), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
