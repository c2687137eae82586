/// Vectors of texts: what makes them, and what makes one usable. Nothing here knows of memories,
/// stores or nodes.
@NullMarked
package dev.quorate.embedding;

import org.jspecify.annotations.NullMarked;
