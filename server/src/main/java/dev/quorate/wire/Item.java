package dev.quorate.wire;

import dev.quorate.merge.Register;
import org.jspecify.annotations.Nullable;

/// One change on its way to another node. For a node's own change the origin is the sender and both
/// sequences are the same.
///
/// @param origin id of the node that numbered the change first
/// @param originEpoch that node's epoch when it did
/// @param originSequence the number it gave, which a token names
/// @param sequence the sender's own number of the change
/// @param together what all changes of one operation share, absent for a change that stands alone
public record Item(
    Register register,
    String origin,
    String originEpoch,
    long originSequence,
    long sequence,
    @Nullable String together) {}
