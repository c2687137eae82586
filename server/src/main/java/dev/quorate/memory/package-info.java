/// What a memory is: its fields, its canonical body, and the rules that every value must keep.
/// Values only; nothing here knows of a store or a network. Entry type:
/// [dev.quorate.memory.Memory].
@NullMarked
package dev.quorate.memory;

import org.jspecify.annotations.NullMarked;
