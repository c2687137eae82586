/// Who wants to be told of what: webhook subscriptions, the events they ask for, and the addresses
/// they may name. [Subscription] is one as every node holds it; [WebhookUrl] and [AddressRule] say
/// where events may go.
@NullMarked
package dev.quorate.subscriptions;

import org.jspecify.annotations.NullMarked;
