/// The feed of changes for users: what became of every register, read page by page by a
/// [dev.quorate.feed.Cursor] that goes on at any node of the mesh. [dev.quorate.feed.Feed] is the
/// way in.
@NullMarked
package dev.quorate.feed;

import org.jspecify.annotations.NullMarked;
