package dev.quorate.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Json;
import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import dev.quorate.wire.Arrival.Bad;
import dev.quorate.wire.Arrival.Stamped;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class PullTest {
  private static final List<Held> HELD =
      List.of(new Held("host:a-1f2e", "epoch-a", 57), new Held("host:b", "epoch-b", 0));

  private static final PullRequest REQUEST =
      new PullRequest(
          1, "host:b", "epoch-b", "2026-06-01T12:00:00.000000000+00:00", "", 12, 500, HELD);

  @Test
  void aRequestIsReadAsItWasWritten() {
    assertThat(PullRequest.read(REQUEST.write())).isEqualTo(REQUEST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sender_agent_id|null|malformed sync_pull body: missing required field: sender_agent_id",
        "sender_agent_id|\"a b\"|invalid sender_agent_id: ",
        "quorate|null|malformed sync_pull body: missing required field: quorate",
        "quorate|{\"version\":9}|this node does not speak version 9",
        "epoch|null|malformed sync_pull body: missing required field: epoch",
        "after|-1|after must be 0..",
        "limit|0|limit must be 1..1000: 0",
        "limit|1001|limit must be 1..1000: 1001",
        "held|null|malformed sync_pull body: missing required field: held",
        "held|[[\"a\",\"e\"]]|malformed sync_pull body: held must be a list of",
        "held|[[\"a\",\"e\",-1]]|malformed sync_pull body: held must be a list of",
      })
  void aRequestThatBreaksARuleIsRefused(String member, String value, String sentence) {
    var body = (ObjectNode) Json.parse(REQUEST.write());
    body.set(member, Json.parse(value));
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> PullRequest.read(Json.utf8(body)))
        .withMessageStartingWith(sentence);
  }

  @EachSeed
  void aPageIsReadAsItWasWritten(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var items = AnyItem.several(chance);
          var page = PullPage.read(page(items));
          assertThat(page.frame()).isEqualTo(AnyItem.frame());
          assertThat(page.held()).isEqualTo(HELD);
          assertThat(page.speaks()).containsExactly(1);
          assertThat(page.arrivals().stream().map(one -> ((Stamped) one).item()).toList())
              .containsExactlyInAnyOrderElementsOf(items);
        });
  }

  private static byte[] page(List<Item> items) {
    return PullPage.write(
        AnyItem.frame(),
        HELD,
        items.stream().map(item -> EncodedItem.of(item, AnyItem.SENDER, AnyItem.EPOCH)).toList());
  }

  @EachSeed
  void garbageIsRefusedAndNeverMore(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var page = Json.parse(page(AnyItem.several(chance)));
          var request = Json.parse(REQUEST.write());
          for (var tries = 0; tries < 10; tries++) {
            Garbage.spoil(chance, page);
            Garbage.spoil(chance, request);
            try {
              PullPage.read(Json.utf8(page));
            } catch (Invalid _) {
              // As it should.
            }
            try {
              PullRequest.read(Json.utf8(request));
            } catch (Invalid _) {
              // As it should.
            }
          }
        });
  }

  @Test
  void anItemOfAPageWithoutFactsIsBad() {
    var body = (ObjectNode) Json.parse(page(List.of()));
    body.putArray("deletions").add("m1");
    assertThat(PullPage.read(Json.utf8(body)).arrivals())
        .containsExactly(new Bad("deletions", 0, "it has no facts"));
  }

  @Test
  void aPushIsNoPage() {
    var push = PushBody.write(AnyItem.SENDER, AnyItem.frame(), List.of());
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> PullPage.read(push))
        .withMessage("malformed sync_pull body: missing required field: held");
    var plain = PushBody.writePlain(AnyItem.SENDER, List.of());
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> PullPage.read(plain))
        .withMessage("malformed sync_pull body: missing required field: quorate");
  }
}
