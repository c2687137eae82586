package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Body;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Hash;
import dev.quorate.merge.Lane;
import dev.quorate.merge.Seen;
import dev.quorate.store.Origin;
import dev.quorate.store.RegisterName;
import dev.quorate.store.ReplicaSnapshot;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import dev.quorate.time.Stamp;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Frame;
import dev.quorate.wire.Item;
import dev.quorate.wire.Protocol;
import dev.quorate.wire.PushBody;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read of a store for a peer. The store is n1's; what came from elsewhere is n2's.
class BatchReaderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Origin ELSEWHERE = new Origin("n2", "e2", 700);

  @TempDir Path directory;
  private Store store;
  private BatchReader reader;

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.fixed(NOW));
    reader = new BatchReader("n1", store.epoch());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatIsSentAloneHasItsNumberAndItsTrueOrigin() {
    save("mine");
    receive(content("theirs", NOW.toEpochMilli()));
    var theirs = item(look(snapshot -> reader.single(snapshot, Lane.CONTENT, "theirs")));
    assertThat(theirs.sequence()).isEqualTo(2);
    assertThat(origin(theirs)).isEqualTo(ELSEWHERE);
    var mine = item(look(snapshot -> reader.single(snapshot, Lane.CONTENT, "mine")));
    assertThat(mine.sequence()).isEqualTo(1);
    assertThat(origin(mine)).isEqualTo(new Origin("n1", store.epoch(), 1));
  }

  @Test
  void whatRepairFetchesByNameHasItsNumbersAndTrueOriginsToo() {
    save("mine");
    receive(content("theirs", NOW.toEpochMilli()));
    var names = List.of(name("theirs"), name("nobody's"), name("mine"));
    var prepared = look(snapshot -> reader.of(snapshot, names));
    assertThat(prepared.items()).extracting(item -> item.item().sequence()).containsExactly(2L, 1L);
    assertThat(prepared.items())
        .extracting(item -> origin(item.item()))
        .containsExactly(ELSEWHERE, new Origin("n1", store.epoch(), 1));
  }

  @Test
  void whatIsSentAloneCanBeReadByWhoGetsIt() {
    receive(content("theirs", NOW.toEpochMilli()));
    var prepared = look(snapshot -> reader.single(snapshot, Lane.CONTENT, "theirs"));
    var frame =
        new Frame(Protocol.VERSION, "n1", store.epoch(), 0, 0, false, Timestamps.render(NOW));
    var read = PushBody.read(PushBody.write("n1", frame, prepared.items()));
    assertThat(read.arrivals())
        .singleElement()
        .isInstanceOfSatisfying(
            Arrival.Stamped.class, arrival -> assertThat(arrival.item()).isEqualTo(item(prepared)));
  }

  @Test
  void whatIsGoneIsNotSentAlone() {
    var prepared = look(snapshot -> reader.single(snapshot, Lane.CONTENT, "nobody's"));
    assertThat(prepared.items()).isEmpty();
  }

  @Test
  void aStateThatCameFromElsewhereSinceIsNotToldAsThisNodesOwn() {
    save("m");
    var newer = content("m", NOW.toEpochMilli() + 5);
    receive(newer);
    var batch = look(snapshot -> reader.push(snapshot, 0, 100));
    var sent =
        batch.items().stream()
            .map(item -> item.item())
            .filter(item -> item.register().equals(newer))
            .findFirst()
            .orElseThrow();
    assertThat(origin(sent)).isEqualTo(ELSEWHERE);
    assertThat(sent.sequence()).isEqualTo(1);
  }

  @Test
  void aBatchReachesBeyondNumbersThatAnUndoneMutationUsedUp() {
    save("m");
    try {
      store.write(transaction -> {
        transaction.save(AnyMemory.plain("undone", "t", "words", NOW));
        throw new IllegalStateException("changed its mind");
      });
    } catch (IllegalStateException _) {
      // As it was meant to.
    }
    var batch = look(snapshot -> reader.push(snapshot, 0, 100)).batch();
    assertThat(batch.complete()).isTrue();
    assertThat(batch.upTo()).isEqualTo(store.committedSequence()).isEqualTo(2);
  }

  private void save(String id) {
    store.write(transaction -> {
      transaction.save(AnyMemory.plain(id, "title of " + id, "words", NOW));
      return true;
    });
  }

  private void receive(ContentRegister content) {
    store.write(transaction -> transaction.receive(content, ELSEWHERE, null));
  }

  private <T> T look(Function<ReplicaSnapshot, T> look) {
    return store.look(look);
  }

  private static Item item(Prepared prepared) {
    assertThat(prepared.items()).hasSize(1);
    return prepared.items().getFirst().item();
  }

  private static Origin origin(Item item) {
    return new Origin(item.origin(), item.originEpoch(), item.originSequence());
  }

  private static RegisterName name(String id) {
    return new RegisterName(Lane.CONTENT, id, Hash.NONE);
  }

  private static ContentRegister content(String id, long millis) {
    var memory = AnyMemory.plain(id, "title of " + id, "words", NOW);
    return ContentRegister.of(id, Stamp.of(millis, 0, "n2"), Seen.NOTHING, Body.write(memory));
  }
}
