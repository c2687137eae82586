package dev.quorate.federation;

import dev.quorate.federation.Transport.Reply;
import dev.quorate.json.Json;
import dev.quorate.replication.Outcome;
import dev.quorate.wire.Protocol;
import java.nio.charset.StandardCharsets;

/// What an answer without success means for the message that it answers.
public final class Classifying {
  /// What a peer says in `error` of a message whose nonce it has seen before.
  static final String NONCE_REPLAY = "x_memory_nonce_replay";

  private static final int TAG_CHARACTERS_MAX = 200;

  private Classifying() {}

  /// What a refusal or a failure of the peer means for a message.
  ///
  /// @param reply one whose status is not 2xx
  public static Outcome refusal(Reply reply, long nowMillis) {
    var status = reply.status();
    if (status == 429) return new Outcome.Throttled(nowMillis + reply.retryAfterMillis());
    var said = Said.in(reply);
    if (status == 401 && said.error().equals(NONCE_REPLAY)) return new Outcome.Replayed();
    if (status == 400 && said.code().equals(Protocol.UNSUPPORTED_VERSION)) {
      return new Outcome.OtherVersion(said.error());
    }
    if (status >= 400 && status < 500) return new Outcome.Refused(status, said.error());
    return new Outcome.Failed(status, said.error());
  }

  /// What no answer at all means for a message.
  public static Outcome lost(Transport.Lost lost) {
    return lost.timedOut() ? new Outcome.TimedOut() : new Outcome.Unreachable(lost.why());
  }

  /// Whether the peer has taken the message.
  public static boolean success(Reply reply) {
    return reply.status() >= 200 && reply.status() < 300;
  }

  /// What an answer says.
  ///
  /// @param error in `error`, for people; the whole answer where that is not JSON
  /// @param code in `code`, for programs; empty for none
  private record Said(String error, String code) {
    static Said in(Reply reply) {
      var text = new String(reply.body(), StandardCharsets.UTF_8);
      try {
        var body = Json.parse(text);
        return new Said(harmless(body.path("error").asString("")), body.path("code").asString(""));
      } catch (RuntimeException _) {
        // Not JSON: the text itself has to do.
        return new Said(harmless(text), "");
      }
    }
  }

  /// A text of a peer, cut and stripped of what could break a line.
  private static String harmless(String text) {
    var cut = text.length() > TAG_CHARACTERS_MAX ? text.substring(0, TAG_CHARACTERS_MAX) : text;
    return cut.replaceAll("[\\p{Cc}\\p{Cs}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }
}
