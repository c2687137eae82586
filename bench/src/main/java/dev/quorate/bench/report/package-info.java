/// What a run shows: the progress line while it goes, and a [Report] as text and as JSON.
@NullMarked
package dev.quorate.bench.report;

import org.jspecify.annotations.NullMarked;
