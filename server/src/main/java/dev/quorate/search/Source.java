package dev.quorate.search;

import java.util.List;

/// What an index is made of: one of another epoch is built anew.
///
/// @param epoch the store's
/// @param models whose vectors are in it, and no other's; the one that makes vectors now first
record Source(String epoch, List<String> models) {}
