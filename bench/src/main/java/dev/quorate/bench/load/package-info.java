/// The loops that send requests and what is measured of them. A [LoadRun] runs a [Plan] and a
/// workload to its end, or to [LoadRun#stop], and gives [Figures].
@NullMarked
package dev.quorate.bench.load;

import org.jspecify.annotations.NullMarked;
