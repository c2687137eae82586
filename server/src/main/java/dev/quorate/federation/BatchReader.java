package dev.quorate.federation;

import dev.quorate.merge.Hash;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.Register;
import dev.quorate.replication.Batch;
import dev.quorate.replication.Parcel;
import dev.quorate.store.Change;
import dev.quorate.store.Origin;
import dev.quorate.store.RegisterName;
import dev.quorate.store.ReplicaSnapshot;
import dev.quorate.wire.EncodedItem;
import dev.quorate.wire.Item;
import dev.quorate.wire.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Reads the next changes of a store for a peer: the newest state of each register, oldest change
/// first, within the limits of a body. What one operation committed together stays together.
/// Immutable and thread-safe.
public final class BatchReader {
  /// Bytes of items in one body; a larger item goes alone.
  static final int BYTES_MAX = 1 << 20;

  private final String node;
  private final String epoch;

  /// Reads the store of this node in this epoch.
  public BatchReader(String node, String epoch) {
    this.node = node;
    this.epoch = epoch;
  }

  /// What this node has to bring to its peers after a cursor.
  ///
  /// @param unitsMax at most how many operations, 1 or more
  public Prepared push(ReplicaSnapshot snapshot, long after, int unitsMax) {
    var limit = Protocol.ITEMS_MAX + 1;
    var changes = snapshot.changes().ownAfter(after, limit);
    var told = new Telling(snapshot.changes()::ownOf, change -> change);
    return read(snapshot, after, changes, limit, unitsMax, told);
  }

  /// What another node lacks of everything here.
  ///
  /// @param holds what it says to hold completely, its own changes included
  public Prepared page(ReplicaSnapshot snapshot, long after, int itemsMax, List<Origin> holds) {
    var held = new HashMap<String, Long>();
    for (var origin : holds) held.put(name(origin.node(), origin.epoch()), origin.sequence());
    var limit = Math.min(itemsMax, Protocol.ITEMS_MAX) + 1;
    // A stretch of which it has everything costs no message and no reading.
    var from = snapshot.changes().heldThrough(after, holds);
    while (true) {
      var changes = snapshot.changes().after(from, limit);
      var lacking = changes.stream().filter(change -> !holds(held, change)).toList();
      var last = changes.size() < limit;
      if (lacking.isEmpty() && !last) {
        from = changes.getLast().sequence();
        continue;
      }
      var end = last ? snapshot.changes().lastSequence() : changes.getLast().sequence();
      var told = new Telling(_ -> List.of(), change -> as(snapshot, change));
      var page = read(snapshot, after, lacking, Integer.MAX_VALUE, limit, told);
      var batch = page.batch();
      if (!batch.complete() && batch.upTo() < end) return page;
      return new Prepared(
          new Batch(after, Math.max(end, after), last && batch.complete(), batch.parcels()),
          page.items());
    }
  }

  /// One register alone, in its newest state; nothing when it is gone or damaged.
  public Prepared single(ReplicaSnapshot snapshot, Lane lane, String key) {
    return of(snapshot, List.of(new RegisterName(lane, key, Hash.NONE)));
  }

  /// Registers by name, in their newest state, without what is gone or damaged, as many as go into
  /// a body. They belong to no range of the sequence.
  public Prepared of(ReplicaSnapshot snapshot, List<RegisterName> names) {
    var items = new ArrayList<EncodedItem>();
    var bytes = 0L;
    for (var name : names) {
      var register = snapshot.register(name.lane(), name.key()).filter(Register::intact);
      if (register.isEmpty()) continue;
      var change = snapshot.changes().latest(name.lane(), name.key());
      if (change.isEmpty()) continue;
      var item = encode(register.get(), change.get());
      bytes += item.bytes();
      if (bytes > BYTES_MAX && !items.isEmpty()) break;
      items.add(item);
    }
    return prepared(0, 0, false, items);
  }

  /// The delete of one id of a memory that was deleted under another one.
  EncodedItem deletion(String id, LifecycleRegister deleted) {
    var register =
        LifecycleRegister.of(
            id, deleted.stamp(), deleted.state(), deleted.reason(), deleted.successors());
    return EncodedItem.of(new Item(register, node, epoch, 1, 1, null), node, epoch);
  }

  private static boolean holds(Map<String, Long> held, Change change) {
    var through = held.get(name(change.origin(), change.originEpoch()));
    return through != null && change.originSequence() <= through;
  }

  private static String name(String node, String epoch) {
    return node + "\n" + epoch;
  }

  /// How changes are told.
  ///
  /// @param group finds what was committed together
  /// @param as the change with the origin of the state that is sent
  private record Telling(Function<String, List<Change>> group, UnaryOperator<Change> as) {}

  private Prepared read(
      ReplicaSnapshot snapshot,
      long after,
      List<Change> changes,
      int limit,
      int unitsMax,
      Telling telling) {
    var items = new ArrayList<EncodedItem>();
    var taken = new HashSet<String>();
    var bytes = 0L;
    var units = 0;
    var upTo = after;
    var sound = true;
    for (var change : changes) {
      var unit = new ArrayList<EncodedItem>();
      sound &= collect(snapshot, change, telling, taken, unit);
      var unitBytes = unit.stream().mapToLong(EncodedItem::bytes).sum();
      var full =
          bytes + unitBytes > BYTES_MAX
              || items.size() + unit.size() > Protocol.ITEMS_MAX
              || units >= unitsMax;
      if (!unit.isEmpty() && !items.isEmpty() && full) return prepared(after, upTo, false, items);
      unit.forEach(item -> taken.add(name(item)));
      items.addAll(unit);
      bytes += unitBytes;
      if (!unit.isEmpty()) units++;
      upTo = change.sequence();
    }
    var end = changes.size() < limit;
    if (end) upTo = Math.max(snapshot.changes().lastSequence(), after);
    return prepared(after, upTo, end && sound, items);
  }

  private static Prepared prepared(
      long after, long upTo, boolean complete, List<EncodedItem> items) {
    var parcels = items.stream().map(BatchReader::parcel).toList();
    return new Prepared(new Batch(after, upTo, complete, parcels), items);
  }

  private static Parcel parcel(EncodedItem item) {
    return new Parcel(item.item().register(), item.item().sequence());
  }

  private static String name(EncodedItem item) {
    return parcel(item).name();
  }

  /// Adds a change and what was committed together with it, as far as it is not in the batch
  /// already. What is damaged here is not sent on. Returns whether nothing was.
  private boolean collect(
      ReplicaSnapshot snapshot,
      Change change,
      Telling telling,
      Set<String> taken,
      List<EncodedItem> unit) {
    var sound = true;
    var members =
        change.together() == null ? List.<Change>of() : telling.group().apply(change.together());
    for (var member : members.isEmpty() ? List.of(change) : members) {
      var found = snapshot.register(member.lane(), member.key());
      if (found.isEmpty()) continue;
      var register = found.get();
      if (!register.intact()) {
        sound = false;
      } else if (!taken.contains(new Parcel(register, 0).name())) {
        unit.add(encode(register, telling.as().apply(member)));
      }
    }
    return sound;
  }

  /// The change as it is told: the state that is sent may since have come from another node, and
  /// whoever notes where it was made would otherwise take it for this node's.
  private static Change as(ReplicaSnapshot snapshot, Change change) {
    var latest = snapshot.changes().latest(change.lane(), change.key()).orElse(change);
    return new Change(
        change.sequence(),
        change.lane(),
        change.key(),
        latest.origin(),
        latest.originEpoch(),
        latest.originSequence(),
        change.together());
  }

  private EncodedItem encode(Register register, Change change) {
    return EncodedItem.of(
        new Item(
            register,
            change.origin(),
            change.originEpoch(),
            change.originSequence(),
            change.sequence(),
            change.together()),
        node,
        epoch);
  }
}
