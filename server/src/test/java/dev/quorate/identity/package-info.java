/// Tests of who a node is and how peers prove it.
@NullMarked
package dev.quorate.identity;

import org.jspecify.annotations.NullMarked;
