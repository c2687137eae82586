package dev.quorate.federation;

import dev.quorate.replication.Outcome;
import dev.quorate.replication.PeerState;
import org.jspecify.annotations.Nullable;

/// Where the link to a peer stands, for people and gauges.
///
/// @param url the peer's address
/// @param node its id, absent before it was greeted
/// @param epoch of its store
/// @param role `replica` or `guest`
/// @param state `connected`, `behind`, `resting` or `unknown`
/// @param confirmed the number up to which it has confirmed
/// @param owed the number up to which there is something to bring to it
/// @param failures in a row
/// @param trouble the last failure, absent when there is none
/// @param heardAtMillis when it was last heard of, 0 for never
public record LinkStatus(
    String url,
    @Nullable String node,
    @Nullable String epoch,
    String role,
    String state,
    long confirmed,
    long owed,
    int failures,
    @Nullable String trouble,
    long heardAtMillis) {

  static LinkStatus of(Peer peer, PeerState state, long owed) {
    var identity = state.identity();
    return new LinkStatus(
        peer.name(),
        identity.map(PeerState.Identity::node).orElse(null),
        identity.map(PeerState.Identity::epoch).orElse(null),
        peer.replica() ? "replica" : "guest",
        word(state),
        state.cursor(),
        owed,
        state.failures(),
        state.trouble().map(Outcome::text).orElse(null),
        state.heardAt());
  }

  private static String word(PeerState state) {
    if (state.failures() > 0) return "resting";
    if (state.identity().isEmpty()) return "unknown";
    return state.behind() ? "behind" : "connected";
  }
}
