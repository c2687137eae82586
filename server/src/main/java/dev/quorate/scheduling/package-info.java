/// Which of this process's threads the system lets run first. Nothing depends on it but speed.
@NullMarked
package dev.quorate.scheduling;

import org.jspecify.annotations.NullMarked;
