/// Chance that can be played again: every property test runs over many seeds, and the seed of a
/// failure replays it. Entry types: [dev.quorate.seeds.EachSeed] marks a property,
/// [dev.quorate.seeds.Seeds] runs it.
@NullMarked
package dev.quorate.seeds;

import org.jspecify.annotations.NullMarked;
