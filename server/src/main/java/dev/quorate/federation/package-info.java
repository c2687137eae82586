/// How this node and its peers keep each other up to date: links that push what was made here, the
/// receipt of what others push, catch-up, repair, and how many nodes hold a write. The decisions
/// are made in [dev.quorate.replication]; this package carries them out with threads, the store and
/// HTTP. Entry type: [dev.quorate.federation.Federation].
@NullMarked
package dev.quorate.federation;

import org.jspecify.annotations.NullMarked;
