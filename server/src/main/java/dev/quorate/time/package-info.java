/// Time as the mesh sees it: stamps that order every change the same on every node, the clock that
/// makes them, and the one form in which a time is written.
@NullMarked
package dev.quorate.time;

import org.jspecify.annotations.NullMarked;
