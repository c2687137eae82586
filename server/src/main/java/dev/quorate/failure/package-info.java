/// What can go wrong and what the caller may conclude from it. A [RequestFailure] ends one request;
/// a [NodeFailure] ends the node, in one clear sentence.
@NullMarked
package dev.quorate.failure;

import org.jspecify.annotations.NullMarked;
