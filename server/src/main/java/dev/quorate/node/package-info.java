/// One node from start to stop: the only place that constructs services. Entry type:
/// [dev.quorate.node.Node].
@NullMarked
package dev.quorate.node;

import org.jspecify.annotations.NullMarked;
