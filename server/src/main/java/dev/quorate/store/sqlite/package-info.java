/// The store on SQLite: write-ahead log, every commit synced, one connection that writes and a
/// bounded pool that reads. Entry type: [dev.quorate.store.sqlite.SqliteStore].
@NullMarked
package dev.quorate.store.sqlite;

import org.jspecify.annotations.NullMarked;
