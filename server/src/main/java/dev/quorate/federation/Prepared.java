package dev.quorate.federation;

import dev.quorate.replication.Batch;
import dev.quorate.replication.Outcome;
import dev.quorate.replication.Parcel;
import dev.quorate.wire.EncodedItem;
import dev.quorate.wire.Place;
import dev.quorate.wire.Skip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A batch with what is sent of it. Immutable.
///
/// @param items the encoded form of each parcel, in the same order
public record Prepared(Batch batch, List<EncodedItem> items) {
  public Prepared {
    items = List.copyOf(items);
  }

  /// The same batch with only some of its items.
  Prepared with(List<EncodedItem> some) {
    var parcels =
        some.stream()
            .map(item -> new Parcel(item.item().register(), item.item().sequence()))
            .toList();
    var range = new Batch(batch.after(), batch.upTo(), batch.complete(), parcels);
    return new Prepared(range, some);
  }

  /// What the peer skipped, by position within the batch. A place that the batch does not have is
  /// left out: the peer speaks of something else.
  public List<Outcome.Skip> positions(List<Skip> skipped) {
    if (skipped.isEmpty()) return List.of();
    var places = new HashMap<Place, Integer>();
    var counts = new HashMap<String, Integer>();
    for (var position = 0; position < items.size(); position++) {
      var list = items.get(position).list();
      places.put(new Place(list, counts.merge(list, 1, Integer::sum) - 1), position);
    }
    return positions(skipped, places);
  }

  private static List<Outcome.Skip> positions(List<Skip> skipped, Map<Place, Integer> places) {
    var positions = new ArrayList<Outcome.Skip>();
    for (var skip : skipped) {
      var position = places.get(skip.place());
      if (position != null) positions.add(new Outcome.Skip(position, skip.reason()));
    }
    return positions;
  }
}
