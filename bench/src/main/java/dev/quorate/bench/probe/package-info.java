/// What is asked of the servers beside the load: whether they answer at all, which memories they
/// have, how much memory they take.
@NullMarked
package dev.quorate.bench.probe;

import org.jspecify.annotations.NullMarked;
