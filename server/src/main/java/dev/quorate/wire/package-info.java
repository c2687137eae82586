/// What nodes send each other, as values and as JSON bytes: the bodies of a push, its answer, and
/// the two pulls. Pure: no store, network, clock or key. Entry types: [dev.quorate.wire.PushBody],
/// [dev.quorate.wire.PushAnswer], [dev.quorate.wire.PullPage] and [dev.quorate.wire.SincePage]. The
/// bytes are described in `docs/internals/protocol.md`.
@NullMarked
package dev.quorate.wire;

import org.jspecify.annotations.NullMarked;
