package dev.quorate.wire;

import dev.quorate.failure.RequestFailure;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.merge.ContentRegister;
import dev.quorate.wire.Arrival.Bad;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The answer of `GET /api/v1/sync/since` (wire.md 2.3): memories in the order of their
/// `updated_at`.
///
/// @param limit the most memories that were asked for
/// @param updatedSince what was asked for, absent for everything
/// @param excludedForScope how many rows a namespace allowlist held back
/// @param excludedForScopePrivate how many rows their visibility held back
/// @param scopeStatus `scoped`, `legacy_bypass`, `no_allowlist_default_deny`, or empty where an
///   answer does not say
/// @param arrivals [Plain.PlainMemory] or [Bad]
public record SincePage(
    int limit,
    @Nullable String updatedSince,
    int excludedForScope,
    int excludedForScopePrivate,
    String scopeStatus,
    List<Arrival> arrivals) {

  public SincePage {
    arrivals = List.copyOf(arrivals);
  }

  /// Writes an answer with exactly the nine members of ai-memory's, keys sorted.
  ///
  /// @param memories in the order of their stamps
  public static byte[] write(
      int limit,
      @Nullable String updatedSince,
      List<ContentRegister> memories,
      int excludedForScope,
      int excludedForScopePrivate,
      String scopeStatus) {
    var earliest = memories.isEmpty() ? null : memories.getFirst().stamp().timestamp();
    var latest = memories.isEmpty() ? null : memories.getLast().stamp().timestamp();
    var rows = memories.stream().map(Elements::memory).collect(Collectors.joining(",", "[", "]"));
    return Json.utf8(
        new ObjectText()
            .number("count", memories.size())
            .json("earliest_updated_at", orNull(earliest))
            .number("excluded_for_scope", excludedForScope)
            .number("excluded_for_scope_private", excludedForScopePrivate)
            .json("latest_updated_at", orNull(latest))
            .number("limit", limit)
            .json("memories", rows)
            .text("scope_status", scopeStatus)
            .json("updated_since", orNull(updatedSince))
            .end());
  }

  /// Reads an answer. Throws [dev.quorate.failure.RequestFailure.Invalid] for one without a list of
  /// memories; what is wrong with one memory makes only that one bad.
  public static SincePage read(byte[] body) {
    return new Incoming("sync_since").read(body, SincePage::read);
  }

  private static SincePage read(Fields body) {
    var arrivals = new ArrayList<Arrival>();
    for (var row : body.objects("memories")) arrivals.add(memory(arrivals.size(), row));
    return new SincePage(
        count(body, "limit"),
        body.optionalText("updated_since"),
        count(body, "excluded_for_scope"),
        count(body, "excluded_for_scope_private"),
        body.text("scope_status", ""),
        arrivals);
  }

  private static Arrival memory(int index, Fields row) {
    try {
      Shapes.memory(row);
      return PlainReader.memory(index, row);
    } catch (RequestFailure e) {
      return new Bad(WireList.MEMORIES.text(), index, String.valueOf(e.getMessage()));
    }
  }

  private static int count(Fields fields, String name) {
    return (int) Incoming.within(name, fields.whole(name, 0), 0, Integer.MAX_VALUE);
  }

  private static String orNull(@Nullable String text) {
    return text == null ? "null" : ObjectText.quote(text);
  }
}
