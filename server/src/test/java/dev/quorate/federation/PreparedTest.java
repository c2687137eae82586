package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Body;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.Register;
import dev.quorate.merge.Seen;
import dev.quorate.replication.Batch;
import dev.quorate.replication.Outcome;
import dev.quorate.replication.Parcel;
import dev.quorate.time.Stamp;
import dev.quorate.wire.EncodedItem;
import dev.quorate.wire.Item;
import dev.quorate.wire.Skip;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreparedTest {
  /// Two memories with a delete between them, as one operation after another made them.
  private final Prepared prepared = prepared(content("a"), delete("b"), content("c"));

  @Test
  void whatAPeerSkipsIsFoundByItsListAndTheIndexInThat() {
    assertThat(
            prepared.positions(
                List.of(new Skip("memories", 1, "too large"), new Skip("deletions", 0, "no"))))
        .containsExactly(new Outcome.Skip(2, "too large"), new Outcome.Skip(1, "no"));
  }

  @Test
  void aPlaceThatTheBatchDoesNotHaveIsLeftOut() {
    var elsewhere =
        List.of(
            new Skip("memories", 2, "no"),
            new Skip("memories", -1, "no"),
            new Skip("links", 0, "no"),
            new Skip("nonsense", 0, "no"));
    assertThat(prepared.positions(elsewhere)).isEmpty();
    assertThat(prepared.positions(List.of())).isEmpty();
  }

  @Test
  void theSameBatchWithSomeOfItsItemsHasTheirParcelsAndItsRange() {
    var some = prepared.with(prepared.items().subList(1, 2));
    assertThat(some.batch())
        .isEqualTo(new Batch(0, 3, true, List.of(prepared.batch().parcels().get(1))));
  }

  private static Prepared prepared(Register... registers) {
    var items =
        IntStream.range(0, registers.length)
            .mapToObj(index -> new Item(registers[index], "n1", "e1", index + 1, index + 1, null))
            .map(item -> EncodedItem.of(item, "n1", "e1"))
            .toList();
    var parcels =
        items.stream()
            .map(item -> new Parcel(item.item().register(), item.item().sequence()))
            .toList();
    return new Prepared(new Batch(0, registers.length, true, parcels), items);
  }

  private static ContentRegister content(String id) {
    var memory = AnyMemory.plain(id, "title of " + id, "words", Instant.EPOCH);
    return ContentRegister.of(id, Stamp.of(5, 0, "n1"), Seen.NOTHING, Body.write(memory));
  }

  private static LifecycleRegister delete(String id) {
    return LifecycleRegister.of(
        id, Stamp.of(5, 0, "n1"), LifecycleRegister.State.DELETED, "", List.of());
  }
}
