package dev.quorate.wire;

import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import java.util.List;

/// The body of `POST /api/v1/sync/pull`: what of another node's sequence is asked for.
///
/// @param sender id of the node that asks
/// @param senderEpoch epoch of that node's store
/// @param sentAt that node's time, RFC 3339 with nine fractional digits
/// @param epoch of the serving node as it is known, empty for not at all
/// @param after the page begins behind this sequence number of the serving node
/// @param limit the most items a page may hold, 1 to [Protocol#ITEMS_MAX]
/// @param held of each origin, up to where the asking node holds everything
public record PullRequest(
    int version,
    String sender,
    String senderEpoch,
    String sentAt,
    String epoch,
    long after,
    int limit,
    List<Held> held) {

  public PullRequest {
    held = List.copyOf(held);
  }

  public byte[] write() {
    var quorate =
        new ObjectText()
            .number("version", version)
            .json("speaks", QuorateObject.numbers(Protocol.SPEAKS))
            .text("sent_at", sentAt)
            .text("epoch", senderEpoch)
            .end();
    return Json.utf8(
        new ObjectText()
            .number("after", after)
            .text("epoch", epoch)
            .json("held", QuorateObject.held(held))
            .number("limit", limit)
            .json("quorate", quorate)
            .text("sender_agent_id", sender)
            .end());
  }

  /// Reads what [#write] wrote. Throws [dev.quorate.failure.RequestFailure.Invalid] for anything
  /// else.
  public static PullRequest read(byte[] body) {
    return new Incoming("sync_pull").read(body, PullRequest::read);
  }

  private static PullRequest read(Fields body) {
    var sender = Senders.check(body.text("sender_agent_id"));
    var quorate = Incoming.object(body, "quorate");
    return new PullRequest(
        QuorateObject.version(quorate),
        sender,
        Incoming.epoch(quorate.text("epoch")),
        QuorateObject.sentAt(quorate),
        Incoming.epochOrNone(body.text("epoch")),
        Incoming.within("after", body.whole("after"), 0, Long.MAX_VALUE),
        (int) Incoming.within("limit", body.whole("limit"), 1, Protocol.ITEMS_MAX),
        QuorateObject.held(body.value("held")));
  }
}
