/// Holds the bytes between nodes to what they promise.
@NullMarked
package dev.quorate.wire;

import org.jspecify.annotations.NullMarked;
