package dev.quorate.search;

import java.util.List;

/// One word of a query: the terms that must stand side by side in a memory. `blue-green` has two.
///
/// @param terms at least one
/// @param ideographic whether the terms are characters of a script that puts no spaces between
///   words
record Word(List<String> terms, boolean ideographic) {}
