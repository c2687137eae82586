/// How well a server ranks: a corpus is stored in a namespace of its own through the public API,
/// every question is recalled, and the ranks of what was found are summed up. Entry types:
/// [CorpusStore], [Asking], [Evaluation].
@NullMarked
package dev.quorate.bench.evaluation;

import org.jspecify.annotations.NullMarked;
