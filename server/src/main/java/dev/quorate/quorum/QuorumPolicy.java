package dev.quorate.quorum;

/// How many nodes must have a write on disk before it is answered, and how long that may take.
///
/// @param nodes all nodes that count: this one and its replica peers
/// @param writes how many of them must hold a write, this one included; 1 to `nodes`
/// @param timeoutMillis from the local commit to the answer that the quorum was missed
public record QuorumPolicy(int nodes, int writes, long timeoutMillis) {
  public QuorumPolicy {
    if (nodes < 1) throw new IllegalArgumentException("a mesh has at least one node: " + nodes);
    if (writes < 1 || writes > nodes) {
      throw new IllegalArgumentException(
          "a write quorum must be 1..%d: %d".formatted(nodes, writes));
    }
  }

  /// The smallest number of nodes of which any two sets overlap.
  public static int majority(int nodes) {
    return nodes / 2 + 1;
  }
}
