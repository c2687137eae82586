package dev.quorate.store;

import dev.quorate.memory.Link;
import dev.quorate.time.Stamp;

/// A link between two live memories, under the ids by which both are shown.
public record StoredLink(Link link, Stamp stamp) {}
