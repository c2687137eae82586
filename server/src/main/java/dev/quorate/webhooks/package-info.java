/// Tells subscribers of events by webhook. [Webhooks] has a [Line] for each subscription that
/// events wait for; a line makes a [Message] of each and has the [Sender] bring it to an address
/// that was checked.
@NullMarked
package dev.quorate.webhooks;

import org.jspecify.annotations.NullMarked;
