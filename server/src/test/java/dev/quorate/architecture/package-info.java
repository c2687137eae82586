/// Holds the arrows between packages where the architecture wants them.
@NullMarked
package dev.quorate.architecture;

import org.jspecify.annotations.NullMarked;
