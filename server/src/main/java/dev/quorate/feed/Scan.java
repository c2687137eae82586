package dev.quorate.feed;

import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.store.Change;
import dev.quorate.store.Origin;
import dev.quorate.store.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads on from a cursor within one look at the store.
///
/// A cursor of another node is first brought down to what this node holds without a gap, so that
/// what it lacks is told when it comes. Then the whole sequence is gone through once, leaving out
/// what the reader has by the numbers of where it was made; what comes here after that is told
/// whoever made it. At the end of the sequence the reader has everything that this node holds, and
/// only there its knowledge of other nodes moves on: in between, what supersedes a change may still
/// lie ahead.
final class Scan {
  /// How many rows one look goes through at most, so that it ends soon.
  private static final int ROWS_MAX = 2_000;

  /// Bytes of entries in a page; a larger entry goes alone.
  private static final int BYTES_MAX = 1 << 20;

  private final Snapshot snapshot;
  private final Source here;
  private final Map<Source, Long> holds = new HashMap<>();
  private final long last;

  /// @param owed the greatest number of what this node has to bring to others, not later than the
  ///   look
  Scan(Snapshot snapshot, Source here, long owed) {
    this.snapshot = snapshot;
    this.here = here;
    this.last = snapshot.changes().lastSequence();
    for (var held : snapshot.peers().holdings()) holds.put(Source.of(held), held.sequence());
    holds.put(here, Math.min(owed, last));
  }

  /// The end of everything here.
  Cursor end() {
    return new Cursor(holds, new Place(here, last, last, true));
  }

  /// What the cursor has and this node does not hold without a gap.
  List<Origin> lacking(Cursor cursor) {
    return cursor.told().stream()
        .filter(told -> told.sequence() > holds.getOrDefault(Source.of(told), 0L))
        .toList();
  }

  /// Reads until there are `limit` entries, or there is nothing more, or enough for one look.
  Page read(Cursor cursor, int limit, Wanted wanted) {
    var begun = begin(cursor);
    var place = begun.place() == null ? new Place(here, 0, 0, true) : begun.place();
    var telling = new Telling(snapshot, wanted);
    var entries = new ArrayList<Entry>();
    var bytes = 0;
    var rows = snapshot.changes().after(place.at(), ROWS_MAX);
    for (var row : rows) {
      if (isTold(row, begun, place)) {
        place = place.movedTo(row.sequence(), true);
        continue;
      }
      var register = snapshot.register(row.lane(), row.key());
      var sound = register.isEmpty() || register.get().intact();
      var next = place.movedTo(row.sequence(), sound);
      if (sound && register.isPresent() && isLatest(row)) {
        var entry = telling.tell(row, register.get(), begun.at(next));
        if (entry.isPresent()) {
          var weight = entry.get().weight();
          if (!entries.isEmpty() && (entries.size() == limit || bytes + weight > BYTES_MAX)) {
            return new Page(entries, begun.at(place), true, lacking(cursor));
          }
          entries.add(entry.get());
          bytes += weight;
        }
      }
      place = next;
    }
    if (rows.size() == ROWS_MAX) {
      return new Page(entries, begun.at(place), true, lacking(cursor));
    }
    // What is damaged here comes again from a peer: nothing is said to be complete without it.
    var next =
        place.whole()
            ? end()
            : begun.at(new Place(here, last, Math.min(place.until(), last), false));
    if (!entries.isEmpty()) entries.addLast(entries.removeLast().with(next));
    return new Page(entries, next, false, lacking(cursor));
  }

  /// The cursor as it counts here.
  private Cursor begin(Cursor cursor) {
    var place = cursor.place();
    var seen = new HashMap<Source, Long>();
    cursor
        .seen()
        .forEach((source, number) -> {
          var held = holds.get(source);
          if (held != null) seen.put(source, Math.min(held, number));
        });
    // A number that this store has not reached is of a lost copy of it.
    var known = place != null && place.node().equals(here) && place.at() <= last;
    return new Cursor(seen, known ? place : new Place(here, 0, last, true));
  }

  /// Whether the reader has what the row stands for from elsewhere. A delete that names successors
  /// takes effect where one of them is known: another node may have told of it before it did.
  private boolean isTold(Change row, Cursor begun, Place place) {
    return row.sequence() <= place.until()
        && begun.seen().getOrDefault(Source.of(row), 0L) >= row.originSequence()
        && !(row.lane() == Lane.LIFECYCLE && waits(row.key()));
  }

  private boolean waits(String id) {
    return snapshot.lifecycle(id).filter(LifecycleRegister::waits).isPresent();
  }

  /// Beside what was made here, a register may have a later row of what came from elsewhere, or the
  /// other way round; its state is that of the later one.
  private boolean isLatest(Change row) {
    return snapshot
        .changes()
        .latest(row.lane(), row.key())
        .filter(latest -> latest.sequence() == row.sequence())
        .isPresent();
  }
}
