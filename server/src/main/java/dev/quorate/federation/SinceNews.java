package dev.quorate.federation;

import dev.quorate.memory.Memory;
import dev.quorate.memory.Provenance;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.store.Snapshot;
import dev.quorate.store.StoredMemory;
import dev.quorate.time.Stamp;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Plain.PlainMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells what is new here of the rows that a node without our fields shows: most of them came from
/// this mesh, and would else go round in it for ever. Immutable and thread-safe.
final class SinceNews {
  private SinceNews() {}

  /// The rows that are new here, completed by what such a node leaves out of them, and those that
  /// are bad.
  static List<Arrival> of(Snapshot snapshot, List<Arrival> arrivals) {
    var news = new ArrayList<Arrival>();
    for (var arrival : arrivals) {
      if (arrival instanceof PlainMemory row) {
        news(snapshot, row).ifPresent(news::add);
      } else {
        news.add(arrival);
      }
    }
    return news;
  }

  private static Optional<PlainMemory> news(Snapshot snapshot, PlainMemory row) {
    var memory = row.memory();
    var time = Stamp.at(row.updatedAt(), "").time();
    var there = snapshot.memory(memory.id());
    if (there.isEmpty()) {
      var deleted = snapshot.lifecycle(memory.id()).filter(LifecycleRegister::deleted);
      return deleted.isPresent() ? Optional.empty() : fresh(snapshot, row, time);
    }
    if (known(snapshot, there.get(), memory.id(), time)) return Optional.empty();
    var ours = there.get().memory();
    if (time < there.get().stamp().time()) return Optional.of(row);
    // A restore, or an approval that it carried out itself, gives a row there another time.
    if (same(memory, ours)) return Optional.empty();
    return Optional.of(completed(row, ours, ours.version() + 1));
  }

  /// A row that has the title of one here and its time is that one, stored there under the id that
  /// came first: it brings that id, and nothing else.
  private static Optional<PlainMemory> fresh(Snapshot snapshot, PlainMemory row, long time) {
    var memory = row.memory();
    var twin =
        snapshot
            .liveByTitle(memory.namespace(), memory.title())
            .filter(live -> live.stamp().time() == time)
            .map(StoredMemory::memory);
    return Optional.of(twin.map(ours -> completed(row, ours, ours.version())).orElse(row));
  }

  /// Whether the memory has, or had, a content of this time under any of its ids. What such a node
  /// has made of it by its own rules is no edit.
  private static boolean known(Snapshot snapshot, StoredMemory there, String id, long time) {
    return there.stamp().time() == time
        || snapshot.register(Lane.CONTENT, id).filter(own -> own.stamp().time() == time).isPresent()
        || snapshot.history(id).stream().anyMatch(version -> version.stamp().time() == time);
  }

  private static boolean same(Memory row, Memory ours) {
    return completed(row, ours).equals(ours);
  }

  private static PlainMemory completed(PlainMemory row, Memory ours, long version) {
    var memory = row.memory();
    var kept = plain(memory) ? memory.withProvenance(ours.provenance()) : memory;
    var counted = memory.version() == 1 ? kept.withVersion(version) : kept;
    return new PlainMemory(row.index(), counted, row.updatedAt());
  }

  /// The row with everything of ours that does not tell one edit from another.
  private static Memory completed(Memory row, Memory ours) {
    var kept = plain(row) ? row.withProvenance(ours.provenance()) : row;
    return kept.withVersion(ours.version()).asCreated(ours.id(), ours.createdAt());
  }

  /// Such a node shows the oldest members of a row only, and the others as if nobody had set them.
  private static boolean plain(Memory row) {
    return row.provenance().equals(Provenance.PLAIN);
  }
}
