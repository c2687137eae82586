package dev.quorate.localmesh;

import dev.quorate.failure.NodeFailure;
import dev.quorate.identity.Enrolment;
import dev.quorate.identity.NodeKey;
import dev.quorate.identity.PeerKeys;
import dev.quorate.identity.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes nodes known to one another before they start: each gets a key, and the keys of the others.
public final class Introduction {
  private Introduction() {}

  /// Introduces every node to every other one. What is there stays as it is, so it can be done
  /// before every start.
  ///
  /// @param places of nodes that are not running
  /// @throws NodeFailure if a directory cannot be written, or knows a peer by another key
  public static void make(List<Place> places) {
    Map<Place, PublicKey> keys = new LinkedHashMap<>();
    for (var place : places) keys.put(place, NodeKey.findOrMake(place.data()).publicKey());
    for (var place : places) {
      var known = new PeerKeys(place.data());
      keys.forEach((other, key) -> {
        if (other.equals(place)) return;
        if (known.enrol(other.id(), key, false) == Enrolment.REFUSED) {
          throw new NodeFailure(
              "%s knows %s by another key; forget that one, or start with an empty directory"
                  .formatted(place.data(), other.id()));
        }
      });
    }
  }
}
