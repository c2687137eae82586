package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.federation.Outbox.Shipment;
import dev.quorate.memory.AnyMemory;
import dev.quorate.replication.PeerState;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Frame;
import dev.quorate.wire.PushBody;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the links of a node share of their batches, and what they do not.
@Timeout(60)
class OutboxTest {
  private static final int ALL = PeerState.UNITS_MAX;
  private static final long SHARED_MILLIS = 200;
  private static final long LARGE_SHARED_MILLIS = 5_000;

  @TempDir Path directory;
  private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
  private final AtomicInteger signed = new AtomicInteger();
  private Store store;
  private Outbox outbox;

  @BeforeEach
  void open() {
    InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), clock);
    outbox = new Outbox(store, new BatchReader("n1", store.epoch()), new Counting(), clock);
    save("m1");
    save("m2");
  }

  /// Signs by counting.
  private final class Counting implements Envelope {
    @Override
    public Map<String, String> sign(byte[] body) {
      return Map.of("x-nonce", String.valueOf(signed.incrementAndGet()));
    }

    @Override
    public Map<String, String> signGet(String path, String rawQuery) {
      throw new AssertionError("nothing is asked for here");
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void linksThatStandAtOnePositionSendTheSameBytesUnderTheSameSignature() {
    var one = outbox.next(0, ALL, true);
    var other = outbox.next(0, ALL, true);
    assertThat(other.body()).isSameAs(one.body());
    assertThat(other.signature()).isSameAs(one.signature()).containsEntry("x-nonce", "1");
    assertThat(signed).hasValue(1);
    assertThat(keys(one)).containsExactly("m1", "m2");
    assertThat(frame(one))
        .extracting(Frame::after, Frame::upTo, Frame::complete)
        .containsExactly(0L, 2L, true);
  }

  @Test
  void linksThatAskAtTheSameTimeMakeOneBatch() throws Exception {
    var links = 8;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Shipment> ask = () -> outbox.next(0, ALL, true);
      var bodies = new ArrayList<byte[]>();
      for (var shipment : threads.invokeAll(Collections.nCopies(links, ask))) {
        bodies.add(shipment.get().body());
      }
      assertThat(bodies)
          .hasSize(links)
          .allSatisfy(body -> assertThat(body).isSameAs(bodies.getFirst()));
    }
    assertThat(signed).hasValue(1);
  }

  @Test
  void aLinkThatStandsElsewhereSendsItsOwn() {
    outbox.next(0, ALL, true);
    var behind = outbox.next(1, ALL, true);
    assertThat(keys(behind)).containsExactly("m2");
    assertThat(behind.signature()).containsEntry("x-nonce", "2");
  }

  @Test
  void whoLacksSomethingIsNotToldThatABatchIsComplete() {
    assertThat(frame(outbox.next(0, ALL, true)).complete()).isTrue();
    assertThat(frame(outbox.next(0, ALL, false)).complete()).isFalse();
    assertThat(frame(outbox.next(0, ALL, true)).complete()).isTrue();
    assertThat(signed).hasValue(2);
  }

  @Test
  void aBatchThatIsNarrowedDownIsOfOneLinkOnly() {
    assertThat(keys(outbox.next(0, 1, true))).containsExactly("m1");
    assertThat(keys(outbox.next(0, ALL, true))).containsExactly("m1", "m2");
  }

  @Test
  void aBatchIsSharedForAMomentOnly() {
    var before = outbox.next(0, ALL, true);
    save("m3");
    now.addAndGet(SHARED_MILLIS);
    assertThat(outbox.next(0, ALL, true)).isSameAs(before);
    now.addAndGet(1);
    assertThat(keys(outbox.next(0, ALL, true))).containsExactly("m1", "m2", "m3");
  }

  @Test
  void aLargeBatchIsSharedForLonger() {
    saveMany(600);
    var large = outbox.next(0, ALL, true);
    now.addAndGet(SHARED_MILLIS + 1);
    assertThat(outbox.next(0, ALL, true)).isSameAs(large);
    now.addAndGet(LARGE_SHARED_MILLIS);
    assertThat(outbox.next(0, ALL, true)).isNotSameAs(large);
  }

  @Test
  void theNextBatchIsMadeWhileALargeOneIsUnderWay() {
    saveMany(1_500);
    outbox.prepareAfter(outbox.next(0, ALL, true));
    while (signed.get() < 2) Thread.onSpinWait();
    assertThat(frame(outbox.next(1_000, ALL, true)).after()).isEqualTo(1_000);
    assertThat(signed).hasValue(2);
  }

  @Test
  void nothingIsMadeReadyBehindASmallBatch() {
    outbox.prepareAfter(outbox.next(1, ALL, true));
    outbox.next(2, ALL, true);
    assertThat(signed).hasValue(1);
  }

  @Test
  void aClockThatIsSetBackMakesNoBatchLastForLonger() {
    outbox.next(0, ALL, true);
    save("m3");
    now.addAndGet(-3_600_000);
    assertThat(keys(outbox.next(0, ALL, true))).containsExactly("m1", "m2", "m3");
  }

  @Test
  void ofManyPositionsTheFirstIsForgotten() {
    for (var i = 3; i <= 9; i++) save("m" + i);
    var first = outbox.next(0, ALL, true);
    var second = outbox.next(1, ALL, true);
    for (var after = 2; after <= 8; after++) outbox.next(after, ALL, true);
    assertThat(outbox.next(1, ALL, true)).isSameAs(second);
    assertThat(outbox.next(0, ALL, true)).isNotSameAs(first);
  }

  @Test
  void whereNothingIsToBeSentNothingIsSigned() {
    var nothing = outbox.next(2, ALL, true);
    assertThat(nothing.prepared().items()).isEmpty();
    assertThat(nothing.body()).isEmpty();
    assertThat(nothing.signature()).isEmpty();
    assertThat(signed).hasValue(0);
  }

  private void save(String id) {
    store.write(transaction ->
        transaction.save(AnyMemory.plain(id, "title of " + id, "words", Instant.EPOCH)));
  }

  /// Fills the store up to so many memories.
  private void saveMany(int count) {
    store.write(transaction -> {
      for (var i = 3; i <= count; i++) {
        transaction.save(AnyMemory.plain("m" + i, "title of m" + i, "words", Instant.EPOCH));
      }
      return true;
    });
  }

  private static Frame frame(Shipment shipment) {
    return Objects.requireNonNull(PushBody.read(shipment.body()).frame());
  }

  private static List<String> keys(Shipment shipment) {
    return PushBody.read(shipment.body()).arrivals().stream()
        .map(Arrival.Stamped.class::cast)
        .map(arrival -> arrival.item().register().key())
        .toList();
  }
}
