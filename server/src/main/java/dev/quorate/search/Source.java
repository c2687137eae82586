package dev.quorate.search;

/// What an index is made of: one of another source is built anew.
///
/// @param epoch the store's
/// @param model whose vectors are in it, and no other's; empty for none
record Source(String epoch, String model) {}
