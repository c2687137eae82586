package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.metrics.Meters;
import dev.quorate.quorum.Verdict;
import dev.quorate.store.Store;
import dev.quorate.store.Store.Committed;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// A commit that a reader sees a moment before the store tells of it, as a retry may.
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class SeenEarlyTest {
  private static final int TIMEOUT = 300;
  private static final int REFUSALS = 100;

  @TempDir Path directory;
  private final FakePeer peer = new FakePeer();

  @Test
  void noPeerCountsForItBeforeItHoldsIt() {
    var clock = InstantSource.system();
    try (var store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), clock)) {
      var silent = new AtomicBoolean();
      try (var federation =
          Federations.ofReplica(untold(store, silent), TIMEOUT, peer, new Meters(), clock)) {
        federation.start();
        var first = store(store, "first");
        assertThat(federation.settle(first)).isInstanceOf(Verdict.Met.class);
        silent.set(true);
        for (var i = 0; i < REFUSALS; i++) peer.refuse(500, "not now");
        var second = store(store, "second").ownSequence();
        assertThat(federation.settle(second)).isInstanceOf(Verdict.NotMet.class);
        assertThat(federation.verdict(second)).isInstanceOf(Verdict.NotMet.class);
      }
    }
  }

  private static Committed<Boolean> store(Store store, String id) {
    return store.write(transaction -> {
      transaction.save(AnyMemory.plain(id, "title of " + id, "text", Instant.EPOCH));
      return true;
    });
  }

  /// The store as it is, but that it tells of nothing after the first memory while it is silent.
  private static Store untold(Store store, AtomicBoolean silent) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) ->
                silent.get() && method.getName().endsWith("Sequence")
                    ? 1L
                    : method.invoke(store, arguments));
  }
}
