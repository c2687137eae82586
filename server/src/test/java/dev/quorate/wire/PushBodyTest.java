package dev.quorate.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Json;
import dev.quorate.memory.Body;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.merge.Register;
import dev.quorate.merge.Seen;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.Vote;
import dev.quorate.seeds.Chance;
import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import dev.quorate.wire.Arrival.Stamped;
import dev.quorate.wire.Plain.PlainArchive;
import dev.quorate.wire.Plain.PlainClear;
import dev.quorate.wire.Plain.PlainDecision;
import dev.quorate.wire.Plain.PlainDeletion;
import dev.quorate.wire.Plain.PlainEmbedding;
import dev.quorate.wire.Plain.PlainLink;
import dev.quorate.wire.Plain.PlainMemory;
import dev.quorate.wire.Plain.PlainPending;
import dev.quorate.wire.Plain.PlainRestore;
import dev.quorate.wire.Plain.PlainStandard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PushBodyTest {
  private static List<EncodedItem> encoded(List<Item> items) {
    return items.stream().map(item -> EncodedItem.of(item, AnyItem.SENDER, AnyItem.EPOCH)).toList();
  }

  private static byte[] write(List<Item> items) {
    return PushBody.write(AnyItem.SENDER, AnyItem.frame(), encoded(items));
  }

  @EachSeed
  void anyItemsAreReadAsTheyWereSent(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var items = AnyItem.several(chance);
          var received = PushBody.read(write(items));
          assertThat(received.sender()).isEqualTo(AnyItem.SENDER);
          assertThat(received.dryRun()).isFalse();
          assertThat(received.frame()).isEqualTo(AnyItem.frame());
          assertThat(received.speaks()).containsExactly(1);
          assertThat(received.arrivals()).allMatch(arrival -> arrival instanceof Stamped);
          var arrived = received.arrivals().stream().map(one -> ((Stamped) one).item()).toList();
          assertThat(arrived).containsExactlyInAnyOrderElementsOf(items);
          assertThat(arrived).allMatch(item -> item.register().intact());
        });
  }

  @ParameterizedTest
  @EnumSource(Lane.class)
  void everyLaneSurvives(Lane lane) {
    for (var seed = 0; seed < 50; seed++) {
      Seeds.check(
          seed,
          chance -> {
            var item = AnyItem.item(chance, AnyItem.register(chance, lane));
            assertThat(PushBody.read(write(List.of(item))).arrivals())
                .singleElement()
                .isInstanceOfSatisfying(
                    Stamped.class, stamped -> assertThat(stamped.item()).isEqualTo(item));
          });
    }
  }

  @EachSeed
  void arrivalsStandInTheOrderInWhichTheyAreApplied(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var arrivals = PushBody.read(write(AnyItem.several(chance))).arrivals();
          var order = List.of(WireList.values()).stream().map(WireList::text).toList();
          var ranks = arrivals.stream().map(one -> order.indexOf(one.list())).toList();
          assertThat(ranks).isSorted();
          for (var list : order) {
            var indices =
                arrivals.stream().filter(one -> one.list().equals(list)).map(Arrival::index);
            assertThat(indices.toList()).isSorted().doesNotHaveDuplicates();
          }
        });
  }

  @EachSeed
  void anItemWithoutFactsArrivesAsAPlainOne(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var items = encoded(AnyItem.several(chance));
          var body = PushBody.writePlain(AnyItem.SENDER, items);
          assertThat(Json.parse(body).has("quorate")).isFalse();
          var received = PushBody.read(body);
          assertThat(received.frame()).isNull();
          assertThat(received.speaks()).isEmpty();
          var plain = items.stream().filter(EncodedItem::isPlain).toList();
          assertThat(received.arrivals()).hasSameSizeAs(plain);
          for (var item : plain) {
            assertThat(received.arrivals()).anySatisfy(arrival -> assertSame(item.item(), arrival));
          }
        });
  }

  private static void assertSame(Item item, Arrival arrival) {
    var register = item.register();
    switch ((Plain) arrival) {
      case PlainMemory(var _, var memory, var updatedAt) -> {
        assertThat(register).isInstanceOf(ContentRegister.class);
        assertThat(((ContentRegister) register).body()).isEqualTo(Body.write(memory));
        assertThat(updatedAt).isEqualTo(register.stamp().instant());
      }
      case PlainDeletion(var _, var id) -> assertThat(key(register, State.DELETED)).isEqualTo(id);
      case PlainArchive(var _, var id) -> assertThat(key(register, State.ARCHIVED)).isEqualTo(id);
      case PlainRestore(var _, var id) -> assertThat(key(register, State.LIVE)).isEqualTo(id);
      case PlainLink(var _, var link) ->
          assertThat(register.key())
              .isEqualTo(link.sourceId() + "\n" + link.targetId() + "\n" + link.relation().text());
      case PlainPending pending -> {
        assertThat(register.lane()).isEqualTo(Lane.PENDING);
        assertThat(register.key()).isEqualTo(pending.id());
        assertThat(pending.status()).isEqualTo("pending");
      }
      case PlainDecision(var _, var id, var approved, var decider) ->
          assertThat(register).isEqualTo(Vote.of(id, decider, approved, register.stamp()));
      case PlainStandard(var _, var namespace, var standard, var parent) ->
          assertThat(register)
              .isEqualTo(StandardRegister.of(namespace, register.stamp(), standard, parent));
      case PlainClear(var _, var namespace) -> {
        assertThat(register.lane()).isEqualTo(Lane.STANDARD);
        assertThat(register.key()).isEqualTo(namespace);
      }
      case PlainEmbedding(var _, var id, var model, var dimension, var vector) -> {
        assertThat(register).isInstanceOf(EmbeddingRegister.class);
        var embedding = (EmbeddingRegister) register;
        assertThat(List.of(id, model, dimension, numbers(vector)))
            .isEqualTo(
                List.of(
                    embedding.id(),
                    embedding.model(),
                    embedding.dimension(),
                    numbers(embedding.vector())));
      }
    }
  }

  /// A vector's numbers; as JSON numbers its two zeros are one.
  private static String numbers(String vector) {
    return Vectors.numbers(vector).replace("-0.0", "0.0");
  }

  private static String key(Register register, State state) {
    assertThat(register).isInstanceOf(LifecycleRegister.class);
    assertThat(((LifecycleRegister) register).state()).isEqualTo(state);
    return register.key();
  }

  @EachSeed
  void theKeysOfABodyAndOfItsElementsAreSorted(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var items = encoded(AnyItem.several(chance));
          assertSorted(Json.parse(PushBody.write(AnyItem.SENDER, AnyItem.frame(), items)));
          assertSorted(Json.parse(PushBody.writePlain(AnyItem.SENDER, items)));
        });
  }

  private static void assertSorted(JsonNode body) {
    assertThat(List.copyOf(body.propertyNames())).isSorted();
    for (var member : body.properties()) {
      if (!member.getValue().isArray()) continue;
      for (var element : member.getValue())
        assertThat(List.copyOf(element.propertyNames())).isSorted();
    }
  }

  @EachSeed
  void theSizeOfAnItemIsWhatItAddsToABody(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var item = AnyItem.any(chance);
          var one = write(Collections.nCopies(2, item)).length;
          var two = write(Collections.nCopies(3, item)).length;
          var encoded = EncodedItem.of(item, AnyItem.SENDER, AnyItem.EPOCH);
          assertThat(encoded.bytes()).isEqualTo(two - one);
        });
  }

  @EachSeed
  void unknownMembersAreIgnoredEverywhere(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var items = AnyItem.several(chance);
          var more = Json.parse(write(items));
          addUnknown(more);
          addUnknown(more.get("quorate"));
          for (var list : more.get("quorate").get("facts")) list.forEach(PushBodyTest::addUnknown);
          for (var list : WireList.values()) {
            var where = list.plain() ? more : more.get("quorate");
            where.path(list.text()).forEach(PushBodyTest::addUnknown);
          }
          var arrivals = PushBody.read(Json.utf8(more)).arrivals();
          assertThat(arrivals.stream().map(one -> ((Stamped) one).item()).toList())
              .containsExactlyInAnyOrderElementsOf(items);
        });
  }

  private static void addUnknown(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.putObject("an_unknown_member").putNull("x");
    }
  }

  @EachSeed
  void aFlippedByteNeverGivesAnotherRegister(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var items = AnyItem.several(chance);
          var hashes = items.stream().map(item -> item.register().hash()).toList();
          var body = write(items);
          for (var tries = 0; tries < 20; tries++) {
            var flipped = body.clone();
            flipped[chance.below(flipped.length)] ^= (byte) (1 << chance.below(8));
            for (var arrival : arrivals(flipped)) {
              if (arrival instanceof Stamped stamped) {
                assertThat(stamped.item().register().intact()).isTrue();
                assertThat(stamped.item().register().hash()).isIn(hashes);
              }
            }
          }
        });
  }

  /// What a body holds, nothing where it is refused as a whole. Anything but a refusal ends the
  /// test.
  private static List<Arrival> arrivals(byte[] body) {
    try {
      return PushBody.read(body).arrivals();
    } catch (Invalid _) {
      return List.of();
    }
  }

  @EachSeed
  void garbageIsRefusedAndNeverMore(long seed) {
    Seeds.check(
        seed,
        chance -> {
          assertThat(arrivals(chance.bytes(chance.below(200)))).isEmpty();
          var body = Json.parse(write(AnyItem.several(chance)));
          for (var tries = 0; tries < 10; tries++) {
            var spoilt = body.deepCopy();
            Garbage.spoil(chance, spoilt);
            for (var arrival : arrivals(Json.utf8(spoilt))) {
              if (arrival instanceof Stamped stamped) {
                assertThat(stamped.item().register().intact()).isTrue();
              }
            }
          }
        });
  }

  @Test
  void aBodyHoldsAtMostAThousandItemsOfOneList() {
    var chance = new Chance(1);
    var register = AnyItem.lifecycle(chance);
    var items = new ArrayList<>(Collections.nCopies(1_000, AnyItem.item(chance, register)));
    assertThat(PushBody.read(write(items)).arrivals()).hasSize(1_000);
    items.add(items.getFirst());
    assertThatIllegalArgumentException().isThrownBy(() -> write(items));
  }

  @Test
  void whatIsNoMemorysBodyIsNotSent() {
    var stamp = AnyItem.content(new Chance(1)).stamp();
    var content = ContentRegister.of("m1", stamp, Seen.NOTHING, "{\"a\":1}");
    var item = new Item(content, AnyItem.SENDER, AnyItem.EPOCH, 1, 1, null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EncodedItem.of(item, AnyItem.SENDER, AnyItem.EPOCH));
  }
}
