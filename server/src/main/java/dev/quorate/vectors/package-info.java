/// Sees to it that every live memory has a vector, made once in the whole mesh. [VectorWork] makes
/// them in the background; [Watch] says which node makes which.
@NullMarked
package dev.quorate.vectors;

import org.jspecify.annotations.NullMarked;
