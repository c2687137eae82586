package dev.quorate.replication;

import java.util.List;

/// What one push brings to a peer.
///
/// @param after the cursor it begins at
/// @param upTo where the cursor stands when the peer has it
/// @param complete whether the peer then holds everything that was made here up to `upTo`; a batch
///   that was cut at a limit may lack what has a later number
/// @param parcels what is in it, in the order of the wire
public record Batch(long after, long upTo, boolean complete, List<Parcel> parcels) {
  public Batch {
    parcels = List.copyOf(parcels);
  }
}
