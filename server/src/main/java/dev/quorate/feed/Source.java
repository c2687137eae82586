package dev.quorate.feed;

import dev.quorate.store.Change;
import dev.quorate.store.Origin;

/// A node in one of its epochs, by whose numbers changes are counted.
record Source(String node, String epoch) {
  static Source of(Origin origin) {
    return new Source(origin.node(), origin.epoch());
  }

  static Source of(Change change) {
    return new Source(change.origin(), change.originEpoch());
  }

  Origin upTo(long sequence) {
    return new Origin(node, epoch, sequence);
  }
}
