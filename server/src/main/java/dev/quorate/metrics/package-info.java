/// What a node counts of itself, as Prometheus text. Owns Micrometer. Entry type:
/// [dev.quorate.metrics.Meters].
@NullMarked
package dev.quorate.metrics;

import org.jspecify.annotations.NullMarked;
