/// What a node keeps and in which order it came to be: one writer that commits for all who wait,
/// many readers, and the sequence of changes. [dev.quorate.store.Store] is the port; the rules of
/// applying a change ([dev.quorate.store.Ledger]) are the same for every engine behind it.
@NullMarked
package dev.quorate.store;

import org.jspecify.annotations.NullMarked;
