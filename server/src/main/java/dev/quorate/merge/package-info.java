/// How two copies of one thing become one. Registers carry a stamp and a hash; merging them is
/// commutative, associative and idempotent, so that order, duplicates and replays cannot matter.
/// Pure: no clock, thread, disk or socket.
@NullMarked
package dev.quorate.merge;

import org.jspecify.annotations.NullMarked;
