/// When a write counts as held by enough nodes: the policy, the count of who holds it, and the
/// verdict. Pure: time is a number that the caller passes in. Entry types:
/// [dev.quorate.quorum.QuorumPolicy] and [dev.quorate.quorum.AckTracker].
@NullMarked
package dev.quorate.quorum;

import org.jspecify.annotations.NullMarked;
