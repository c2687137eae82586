package dev.quorate.memories;

import dev.quorate.merge.Register;
import dev.quorate.store.Change;
import dev.quorate.store.Origin;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Two stores whose changes are carried over when a test says so.
final class TwoNodes implements AutoCloseable {
  private static final int CHANGES_MAX = 10_000;

  final Store one;
  final Store other;

  private record Sent(Register register, Change change) {}

  TwoNodes(Path directory) {
    // The second one's clock is behind.
    this(
        directory,
        InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")),
        InstantSource.fixed(Instant.parse("2025-12-31T23:59:50Z")));
  }

  TwoNodes(Path directory, InstantSource clock, InstantSource late) {
    one = SqliteStore.open(directory.resolve("one"), "n1", StoreOptions.readers(1), clock);
    other = SqliteStore.open(directory.resolve("other"), "n2", StoreOptions.readers(1), late);
  }

  /// Brings everything that either has to the other, until both have it.
  void exchange() {
    for (var round = 0; round < 3; round++) {
      carry(one, other);
      carry(other, one);
    }
  }

  private static void carry(Store from, Store to) {
    var sent =
        from.read(snapshot -> {
          var all = new ArrayList<Sent>();
          for (var change : snapshot.changes().after(0, CHANGES_MAX)) {
            snapshot
                .register(change.lane(), change.key())
                .ifPresent(register -> all.add(new Sent(register, change)));
          }
          return List.copyOf(all);
        });
    to.write(transaction -> {
      for (var item : sent) {
        var change = item.change();
        var origin = new Origin(change.origin(), change.originEpoch(), change.originSequence());
        if (!change.origin().equals(to.nodeId())) {
          transaction.receive(item.register(), origin, change.together());
        }
      }
      return true;
    });
  }

  @Override
  public void close() {
    one.close();
    other.close();
  }
}
