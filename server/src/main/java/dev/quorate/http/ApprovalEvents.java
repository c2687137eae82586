package dev.quorate.http;

import dev.quorate.feed.Cursor;
import dev.quorate.feed.Entry;
import dev.quorate.feed.Page;
import dev.quorate.feed.Subject;
import dev.quorate.feed.Word;
import dev.quorate.json.Json;
import dev.quorate.memories.Agents;
import dev.quorate.memories.PendingRow;
import dev.quorate.store.Origin;
import dev.quorate.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The feed in the words of approvals (api.md 1.1), for one client: `approval_requested`,
/// `approval_decided`, and `lagged` where this node cannot tell everything.
///
/// Every node tells of every action, wherever it was requested or decided. Votes and their action
/// may come in any order, so a decision is told where both are here, once for each vote that
/// decides: an approval that overrules a rejection is told after it. Belongs to one stream.
final class ApprovalEvents implements FeedStream.Words {
  /// Of how many actions it is remembered which decision was told.
  private static final int REMEMBERED_MAX = 1_000;

  private final Store store;
  private final @Nullable String agent;

  /// Which vote was told to have decided an action; the oldest is forgotten first.
  private final LinkedHashMap<String, String> told = new LinkedHashMap<>();

  /// @param agent only what this one requested or may approve, absent for everything
  ApprovalEvents(Store store, @Nullable String agent) {
    this.store = store;
    this.agent = agent;
  }

  @Override
  public String events(Page page) {
    var events = new StringBuilder();
    if (!page.behind().isEmpty()) events.append(lagged("behind", page.behind()));
    for (var entry : page.entries()) {
      if (entry.subject() instanceof Subject.OfPending(var row) && concerns(row)) {
        tell(events, entry, row);
      }
    }
    return events.toString();
  }

  @Override
  public String cutOff() {
    return lagged("overloaded", List.of());
  }

  private void tell(StringBuilder events, Entry entry, PendingRow row) {
    var decided = isNews(row);
    if (entry.word() == Word.PENDING) {
      // Whoever goes on from an id has everything that its entry told.
      event(events, "approval_requested", decided ? null : entry.cursor(), row);
    }
    if (decided) event(events, "approval_decided", entry.cursor(), row);
  }

  /// Whether it is decided by a vote that was not told yet.
  private boolean isNews(PendingRow row) {
    var deciding = row.outcome().deciding();
    if (deciding == null) return false;
    var before = told.put(row.pending().id(), deciding.key());
    if (told.size() > REMEMBERED_MAX) told.pollFirstEntry();
    return !deciding.key().equals(before);
  }

  private boolean concerns(PendingRow row) {
    var asks = agent;
    if (asks == null || row.action().requestedBy().equals(asks)) return true;
    return row.action()
        .approver()
        .refusal(asks, voter -> store.read(snapshot -> Agents.registered(snapshot, voter)))
        .isEmpty();
  }

  private static void event(
      StringBuilder events, String name, @Nullable Cursor cursor, PendingRow row) {
    events.append("event: ").append(name);
    if (cursor != null) events.append("\nid: ").append(cursor.text());
    events.append("\ndata: ").append(Json.text(PendingRoutes.row(row))).append("\n\n");
  }

  private static String lagged(String reason, List<Origin> behind) {
    var json = Json.object().put("reason", reason);
    var list = json.putArray("behind");
    behind.forEach(origin -> list.add(Token.text(origin)));
    return "event: lagged\ndata: " + Json.text(json) + "\n\n";
  }
}
