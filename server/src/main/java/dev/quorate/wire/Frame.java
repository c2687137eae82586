package dev.quorate.wire;

/// Which part of a node's sequence of changes a body holds.
///
/// @param version of the protocol, see [Protocol]
/// @param node id of the node whose sequence it is, and who sent or served the body
/// @param epoch of that node's store
/// @param after the body begins behind this sequence number, 0 for the beginning
/// @param upTo what that node holds up to this sequence number, and does not hold back, is in the
///   body; equal to `after` when it holds nothing new
/// @param complete whether `upTo` is the end of that node's sequence
/// @param sentAt that node's time, RFC 3339 with nine fractional digits
public record Frame(
    int version,
    String node,
    String epoch,
    long after,
    long upTo,
    boolean complete,
    String sentAt) {}
