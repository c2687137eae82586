package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.metrics.Meters;
import dev.quorate.settings.PeerSettings;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Frame;
import dev.quorate.wire.Protocol;
import dev.quorate.wire.PullPage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Comparing digests with a peer that differs in every bucket and has nothing to give.
class RepairTest {
  private final TreeSet<Integer> asked = new TreeSet<>();

  @TempDir Path directory;
  private Store store;
  private Repair repair;

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.system());
    var asking = new Asking("n1", new Barren(), new NoSignature(), InstantSource.system(), 1_000);
    var meters = new FederationMeters(new Meters());
    repair = new Repair(store, new Receiving(60_000), asking, meters, InstantSource.system());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void bucketsThatCannotBeRepairedDoNotKeepOthersFromBeingLookedInto() {
    var peer = Peer.of(PeerSettings.replica(URI.create("http://127.0.0.1:1")));
    for (var round = 0; round < 3; round++) {
      assertThat(repair.compare(peer)).contains(new Repair.Finding(false, 0));
    }
    assertThat(asked).hasSize(48);
  }

  /// The peer.
  private final class Barren implements Transport {
    @Override
    public Reply exchange(
        URI target, Map<String, String> headers, byte[] body, long timeoutMillis) {
      if (target.getPath().equals(Repair.DIGEST_PATH)) {
        return new Reply(200, Json.utf8(Json.object().put("root", "another")), 0);
      }
      Json.parse(body).path("buckets").forEach(bucket -> asked.add(bucket.asInt()));
      var now = Timestamps.render(Instant.EPOCH);
      var frame = new Frame(Protocol.VERSION, "n2", "e2e2e2e2", 0, 0, false, now);
      return new Reply(200, PullPage.write(frame, List.of(), List.of()), 0);
    }

    @Override
    public void close() {}
  }
}
