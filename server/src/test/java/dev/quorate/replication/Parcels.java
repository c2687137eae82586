package dev.quorate.replication;

import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.Register;
import dev.quorate.merge.Seen;
import dev.quorate.store.Made;
import dev.quorate.time.Stamp;
import java.util.ArrayList;
import java.util.List;

/// Small registers, and how they travel.
final class Parcels {
  private Parcels() {}

  static Stamp stamp(long millis) {
    return Stamp.of(millis, 0, "n1");
  }

  /// A content that knew the versions of these times.
  static ContentRegister content(String id, long millis, long... seen) {
    var knew = Seen.NOTHING;
    for (var time : seen) knew = knew.with(stamp(time));
    return ContentRegister.of(id, stamp(millis), knew, "{}");
  }

  static LifecycleRegister archive(String id, long millis) {
    return LifecycleRegister.of(id, stamp(millis), LifecycleRegister.State.ARCHIVED, "", List.of());
  }

  static Made made(Register register, long sequence) {
    return new Made(register.lane(), register.key(), register.stamp(), register.hash(), sequence);
  }

  static Parcel parcel(Register register, long sequence) {
    return new Parcel(register, sequence);
  }

  /// A batch that brings everything up to a number.
  static Batch whole(long after, long upTo, Parcel... parcels) {
    return new Batch(after, upTo, true, List.of(parcels));
  }

  /// A batch that was cut at a limit.
  static Batch cut(long after, long upTo, Parcel... parcels) {
    return new Batch(after, upTo, false, List.of(parcels));
  }

  /// A batch of contents of this many memories, numbered from 1.
  static Batch batchOf(int count) {
    var parcels = new ArrayList<Parcel>();
    for (var number = 1; number <= count; number++) {
      parcels.add(parcel(content("m" + number, number), number));
    }
    return new Batch(0, count, true, parcels);
  }
}
