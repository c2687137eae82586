package dev.quorate.feed;

/// Where a reader stands in the sequence of one node.
///
/// @param at the last number that was read there
/// @param until up to which number what the reader has from elsewhere is left out; from there on
///   everything is told
/// @param whole whether nothing that was read there had to be left out because it is damaged
record Place(Source node, long at, long until, boolean whole) {
  Place movedTo(long number, boolean sound) {
    return new Place(node, number, until, whole && sound);
  }
}
