/// Labelled corpora: memories, and questions of which it is known what answers them. Pure data and
/// its reading from JSON lines (docs/internals/evaluation.md). Entry types: [CorpusFolder], which
/// reads a [Corpus].
@NullMarked
package dev.quorate.bench.corpus;

import org.jspecify.annotations.NullMarked;
