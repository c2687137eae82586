/// Tests of whole nodes, as their clients see them: in this process where sockets are enough, as
/// processes of their own where they are killed.
@NullMarked
package dev.quorate.acceptance;

import org.jspecify.annotations.NullMarked;
