package dev.quorate.wire;

import dev.quorate.json.Json;
import dev.quorate.wire.PushAnswer.Report;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes the answer to a push, members in the order of wire.md 2.2.
final class AnswerText {
  private AnswerText() {}

  static byte[] write(PushAnswer answer) {
    var counters = answer.counters();
    var out =
        new ObjectText()
            .number("applied", counters.applied())
            .number("deleted", counters.deleted())
            .number("archived", counters.archived())
            .number("restored", counters.restored())
            .number("links_applied", counters.linksApplied())
            .number("pendings_applied", counters.pendingsApplied())
            .number("pending_decisions_applied", counters.pendingDecisionsApplied())
            .number("namespace_meta_applied", counters.namespaceMetaApplied())
            .number("namespace_meta_cleared", counters.namespaceMetaCleared())
            .number("noop", counters.noop())
            .number("skipped", counters.skipped())
            .number("quota_refused", counters.quotaRefused());
    // A sender may take any number here for a reason to send again.
    if (counters.unsupported() > 0) {
      out.number("unsupported_on_postgres", counters.unsupported());
    }
    out.flag("dry_run", answer.dryRun())
        .text("receiver_agent_id", answer.receiver())
        .json("receiver_clock", clock(answer));
    var ids = answer.ids();
    if (ids != null) out.texts("ids", ids);
    var report = answer.report();
    if (report != null) out.json("quorate", report(report));
    return Json.utf8(out.end());
  }

  private static String clock(PushAnswer answer) {
    var entries = new ObjectText();
    new TreeMap<>(answer.receiverClock())
        .forEach((id, time) -> entries.quoted(id, ObjectText.quote(time)));
    return new ObjectText().json("entries", entries.end()).end();
  }

  private static String report(Report report) {
    var parked =
        report.parked().stream()
            .map(place ->
                new ObjectText().text("list", place.list()).number("index", place.index()).end())
            .collect(Collectors.joining(",", "[", "]"));
    var skipped =
        report.skipped().stream()
            .map(skip ->
                new ObjectText()
                    .text("list", skip.list())
                    .number("index", skip.index())
                    .text("reason", skip.reason())
                    .end())
            .collect(Collectors.joining(",", "[", "]"));
    return new ObjectText()
        .number("version", report.version())
        .json("speaks", QuorateObject.numbers(report.speaks()))
        .text("node", report.node())
        .text("epoch", report.epoch())
        .json("parked", parked)
        .json("skipped", skipped)
        .end();
  }
}
