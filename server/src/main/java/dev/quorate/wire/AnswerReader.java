package dev.quorate.wire;

import dev.quorate.failure.RequestFailure;
import dev.quorate.failure.RequestFailure.Unprocessable;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.wire.PushAnswer.Counters;
import dev.quorate.wire.PushAnswer.Report;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads the answer to a push, of either kind of node and either backend of ai-memory's.
final class AnswerReader {
  private AnswerReader() {}

  static Optional<PushAnswer> read(byte[] body) {
    try {
      return Optional.of(new Incoming("sync_push answer").read(body, AnswerReader::answer));
    } catch (RequestFailure _) {
      return Optional.empty();
    }
  }

  private static PushAnswer answer(Fields body) {
    var quorate = body.optionalObject("quorate");
    return new PushAnswer(
        new Counters(
            count(body, "applied"),
            count(body, "deleted"),
            count(body, "archived"),
            count(body, "restored"),
            count(body, "links_applied"),
            count(body, "pendings_applied"),
            count(body, "pending_decisions_applied"),
            count(body, "namespace_meta_applied"),
            count(body, "namespace_meta_cleared"),
            count(body, "noop"),
            count(body, "skipped"),
            count(body, "quota_refused"),
            count(body, "unsupported_on_postgres")),
        Boolean.TRUE.equals(body.optionalFlag("dry_run")),
        body.text("receiver_agent_id", ""),
        clock(body),
        body.optionalTexts("ids"),
        quorate == null ? null : report(Fields.of(quorate, Strictness.FRAMEWORK)));
  }

  private static Map<String, String> clock(Fields body) {
    var clock = body.optionalObject("receiver_clock");
    var entries = clock == null ? null : clock.get("entries");
    if (entries == null || entries.isNull()) return Map.of();
    if (!entries.isObject()) throw new Unprocessable("receiver_clock.entries must be an object");
    var times = new TreeMap<String, String>();
    for (var entry : entries.properties()) {
      if (!entry.getValue().isString()) throw new Unprocessable("a clock entry must be a string");
      times.put(entry.getKey(), entry.getValue().asString());
    }
    return times;
  }

  /// A report of another version than ours is still read: what it has in common with ours says
  /// which versions the receiver speaks.
  private static Report report(Fields quorate) {
    return new Report(
        (int) Incoming.within("version", quorate.whole("version"), 1, Integer.MAX_VALUE),
        QuorateObject.speaks(quorate),
        quorate.text("node"),
        Incoming.epoch(quorate.text("epoch")),
        list(quorate, "parked").stream()
            .map(one -> new Place(one.text("list"), count(one, "index")))
            .toList(),
        list(quorate, "skipped").stream()
            .map(one -> new Skip(one.text("list"), count(one, "index"), one.text("reason")))
            .toList());
  }

  private static List<Fields> list(Fields quorate, String name) {
    return quorate.value(name) == null ? List.of() : quorate.objects(name);
  }

  private static int count(Fields fields, String name) {
    return (int) Incoming.within(name, fields.whole(name, 0), 0, Integer.MAX_VALUE);
  }
}
