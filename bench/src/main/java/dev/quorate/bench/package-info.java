/// The load generator's command line: one command a workload. Entry type: [Main].
@NullMarked
package dev.quorate.bench;

import org.jspecify.annotations.NullMarked;
