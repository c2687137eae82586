/// What the generated memories and queries say: an invented word list, Zipf's law, and the JSON
/// bodies made of them. Everything is a function of a seed and a number, so that the n-th memory is
/// the same on every machine and in whatever order it is sent. Entry types: [Memories] and
/// [Queries].
@NullMarked
package dev.quorate.bench.text;

import org.jspecify.annotations.NullMarked;
