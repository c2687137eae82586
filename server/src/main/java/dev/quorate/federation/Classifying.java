package dev.quorate.federation;

import dev.quorate.federation.Transport.Reply;
import dev.quorate.json.Json;
import dev.quorate.replication.Outcome;
import java.nio.charset.StandardCharsets;

/// What an answer without success means for the message that it answers.
public final class Classifying {
  private static final int TAG_CHARACTERS_MAX = 200;

  private Classifying() {}

  /// What a refusal or a failure of the peer means for a message.
  ///
  /// @param reply one whose status is not 2xx
  public static Outcome refusal(Reply reply, long nowMillis) {
    var status = reply.status();
    if (status == 429) return new Outcome.Throttled(nowMillis + reply.retryAfterMillis());
    if (status >= 400 && status < 500) return new Outcome.Refused(status, tag(reply));
    return new Outcome.Failed(status, tag(reply));
  }

  /// What no answer at all means for a message.
  public static Outcome lost(Transport.Lost lost) {
    return lost.timedOut() ? new Outcome.TimedOut() : new Outcome.Unreachable(lost.why());
  }

  /// Whether the peer has taken the message.
  public static boolean success(Reply reply) {
    return reply.status() >= 200 && reply.status() < 300;
  }

  /// What the peer says in `error`; a text of a peer, and so cut and stripped of what could break a
  /// line.
  private static String tag(Reply reply) {
    var text = new String(reply.body(), StandardCharsets.UTF_8);
    try {
      text = Json.parse(text).path("error").asString("");
    } catch (RuntimeException _) {
      // Not JSON: the text itself has to do.
    }
    var cut = text.length() > TAG_CHARACTERS_MAX ? text.substring(0, TAG_CHARACTERS_MAX) : text;
    return cut.replaceAll("[\\p{Cc}\\p{Cs}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }
}
