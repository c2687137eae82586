package dev.quorate.store;

import dev.quorate.merge.Lane;
import org.jspecify.annotations.Nullable;

/// One row of the index over current state: the latest change of one register.
///
/// @param sequence this store's number for it, ever growing
/// @param key the register within its lane
/// @param origin the node that made the change
/// @param originEpoch that node's epoch then
/// @param originSequence that node's own number for it
/// @param together what one operation committed together shares this id, absent when it was alone
public record Change(
    long sequence,
    Lane lane,
    String key,
    String origin,
    String originEpoch,
    long originSequence,
    @Nullable String together) {}
