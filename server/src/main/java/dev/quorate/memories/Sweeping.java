package dev.quorate.memories;

import dev.quorate.search.Filter;
import dev.quorate.store.ListQuery;
import dev.quorate.store.Store;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Work over many memories at once: forgetting by what they have in common, purging the archive,
/// collecting what has expired. It goes in steps of bounded size, so that no writer waits long for
/// it; each step is whole, and a sweep that is cut off goes on when it is asked for again.
/// Thread-safe.
public final class Sweeping {
  private static final int STEP = 500;
  private static final long OUTCOMES_KEPT_MILLIS = Duration.ofHours(24).toMillis();

  private final Store store;
  private final Recalling recalling;
  private final Forgetting forgetting;
  private final InstantSource wallClock;
  private final boolean archiveOnGc;
  private final int archiveDaysMax;

  /// Sweeps by these settings.
  ///
  /// @param archiveOnGc whether what expires or is forgotten stays in the archive
  /// @param archiveDaysMax after how many days the archive is purged, 0 for never
  public Sweeping(
      Store store,
      Recalling recalling,
      Forgetting forgetting,
      InstantSource wallClock,
      boolean archiveOnGc,
      int archiveDaysMax) {
    this.store = store;
    this.recalling = recalling;
    this.forgetting = forgetting;
    this.wallClock = wallClock;
    this.archiveOnGc = archiveOnGc;
    this.archiveDaysMax = archiveDaysMax;
  }

  /// Archives (or deletes, by setting) the live memories that pass the filter and, where there is a
  /// pattern, have any of its words. Returns how many.
  public int forget(@Nullable String pattern, Filter filter) {
    var forgotten = 0;
    while (true) {
      var ids = pattern == null ? listed(filter) : recalling.idsMatching(pattern, filter, STEP);
      if (ids.isEmpty()) return forgotten;
      var done = store.write(transaction -> forget(transaction, ids)).value();
      forgotten += done;
      // Everything in this step was gone already: another sweep is at it, and takes the rest.
      if (done == 0) return forgotten;
    }
  }

  private int forget(Transaction transaction, List<String> ids) {
    var live =
        ids.stream()
            .filter(id -> transaction.memory(id).filter(StoredMemory::live).isPresent())
            .toList();
    for (var id : live) {
      if (archiveOnGc) {
        transaction.archive(id, "forget");
      } else {
        transaction.delete(id, null);
      }
    }
    return live.size();
  }

  private List<String> listed(Filter filter) {
    var query =
        new ListQuery(filter.namespace(), filter.tier(), 1, null, null, null, null, null, STEP, 0);
    return store.read(snapshot -> snapshot.list(query).stream().map(StoredMemory::id).toList());
  }

  /// Deletes archived memories older than `days` for good, all of them when absent. Returns how
  /// many.
  public int purge(@Nullable Integer days) {
    var before =
        days == null
            ? Instant.ofEpochMilli(Long.MAX_VALUE / 2)
            : wallClock.instant().minus(Duration.ofDays(days));
    var purged = 0;
    while (true) {
      var done = store.write(transaction -> forgetting.purge(transaction, before, STEP)).value();
      purged += done;
      if (done < STEP) return purged;
    }
  }

  /// Collects what has expired and what has outlived its keeping. Returns how many memories
  /// expired.
  public int collect() {
    var expired = 0;
    while (true) {
      var done = store.write(transaction -> transaction.collectExpired(STEP)).value();
      expired += done;
      if (done < STEP) break;
    }
    if (!archiveOnGc) deleteExpired();
    if (archiveDaysMax > 0) purge(archiveDaysMax);
    var outcomesBefore = wallClock.millis() - OUTCOMES_KEPT_MILLIS;
    store.write(transaction -> {
      transaction.forgetOutcomesBefore(outcomesBefore);
      return true;
    });
    return expired;
  }

  private void deleteExpired() {
    while (true) {
      var done =
          store
              .write(transaction -> {
                var ids = new ArrayList<>(transaction.expired(STEP));
                ids.forEach(id -> transaction.delete(id, null));
                return ids.size();
              })
              .value();
      if (done < STEP) return;
    }
  }
}
