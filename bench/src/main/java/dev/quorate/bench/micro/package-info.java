/// Micro-benchmarks of the hot paths by JMH: merging, encoding and decoding a memory, the writer's
/// batch.
@NullMarked
package dev.quorate.bench.micro;

import org.jspecify.annotations.NullMarked;
