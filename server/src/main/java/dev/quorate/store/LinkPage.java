package dev.quorate.store;

import java.util.List;

/// Links that were read together.
///
/// @param links those of them that are shown: both ends live
/// @param looked how many stored links were looked at; fewer than asked for are the last
public record LinkPage(List<StoredLink> links, int looked) {}
