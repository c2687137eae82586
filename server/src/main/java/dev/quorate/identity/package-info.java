/// Who a node is and how peers prove it: the node's Ed25519 key, the enrolled keys of its peers,
/// signatures over messages, and what keeps a message from being accepted twice. Knows neither HTTP
/// nor the store. Entry types: [dev.quorate.identity.NodeKey], [dev.quorate.identity.PeerKeys],
/// [dev.quorate.identity.Signing] and [dev.quorate.identity.Verifier].
@NullMarked
package dev.quorate.identity;

import org.jspecify.annotations.NullMarked;
