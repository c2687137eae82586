/// Many nodes in one thread, from a seed: the program's own protocol and merging over a store in
/// memory, on a network and clocks that fail. Entry types: [dev.quorate.simulation.Simulation] runs
/// one seed, [dev.quorate.simulation.Conduct] is what a variant changes to break a rule.
@NullMarked
package dev.quorate.simulation;

import org.jspecify.annotations.NullMarked;
