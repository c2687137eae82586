package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.NamespacePattern;
import dev.quorate.settings.PeerRole;
import dev.quorate.settings.PeerSettings;
import dev.quorate.store.Quarantined;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node n1 and what it sends to its one guest, of which some is not taken at first.
@Timeout(60)
class GuestLinkTest {
  private static final String SHARED = "{\"scope\":\"team\"}";
  private static final long DEADLINE_NANOS = 30_000_000_000L;
  private static final long LOOK_NANOS = 5_000_000;

  @TempDir Path directory;
  private Store store;

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.system());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Federation start(Transport guest, URI address, String id) {
    var namespaces = List.of(new NamespacePattern("global"));
    var settings = new PeerSettings(address, PeerRole.GUEST, namespaces, id, null, List.of());
    var federation = Federations.of(store, settings, guest);
    federation.start();
    return federation;
  }

  @Test
  void whatAGuestOfOurProtocolSkipsIsSetAsideAndNotForgotten() throws InterruptedException {
    var guest = new FakePeer();
    guest.skipOnce("clock_ahead");
    save("m1", SHARED);
    try (var federation = start(guest, URI.create("http://127.0.0.1:1"), "n2")) {
      guest.next();
      await(() -> !federation.quarantine().isEmpty());
      assertThat(federation.quarantine())
          .extracting(item -> item.key() + ": " + item.reason())
          .containsExactly("m1: clock_ahead");
      federation.retryQuarantine();
      assertThat(guest.next().text()).contains("title of m1");
      await(() -> federation.quarantine().isEmpty());
    }
  }

  @Test
  void whatHasBecomePrivateMeanwhileIsNotSentAgainToAGuest() {
    var guest = new OldPeer();
    guest.dislike("m1");
    save("m1", SHARED);
    try (var federation = start(guest, guest.address(), "old")) {
      await(() -> !federation.quarantine().isEmpty());
      assertThat(federation.quarantine()).extracting(Quarantined::key).containsExactly("m1");
      save("m1", "{\"scope\":\"private\",\"note\":\"for nobody else\"}");
      federation.retryQuarantine();
      await(() -> federation.quarantine().isEmpty());
      assertThat(guest.texts()).isNotEmpty().noneMatch(text -> text.contains("for nobody else"));
    }
  }

  private static void await(BooleanSupplier condition) {
    var deadline = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private void save(String id, String metadata) {
    store.write(transaction -> {
      var memory = AnyMemory.plain(id, "title of " + id, "words", Instant.EPOCH);
      transaction.save(memory.withMetadata(metadata));
      return true;
    });
  }
}
