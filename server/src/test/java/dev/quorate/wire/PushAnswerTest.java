package dev.quorate.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import dev.quorate.wire.Arrival.Bad;
import dev.quorate.wire.Plain.PlainDeletion;
import dev.quorate.wire.Plain.PlainRestore;
import dev.quorate.wire.PushAnswer.Counters;
import dev.quorate.wire.PushAnswer.Report;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushAnswerTest {
  private static final PushAnswer ANSWER =
      new PushAnswer(
          new Counters(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0),
          true,
          "host:c",
          Map.of("host:\"a\"", "2026-06-01T12:00:00.000000000+00:00"),
          null,
          new Report(
              1,
              List.of(1),
              "host:c",
              "epoch-c",
              List.of(new Place("deletions", 3)),
              List.of(new Skip("memories", 0, "title cannot be empty"))));

  @Test
  void anAnswerIsReadAsItWasWritten() {
    assertThat(PushAnswer.read(ANSWER.write())).contains(ANSWER);
  }

  @Test
  void theAnswerOfAnAiMemoryNodeHasCountersOnly() {
    var body =
        """
        {"applied":1,"deleted":0,"archived":0,"restored":0,"links_applied":0,"pendings_applied":0,\
        "pending_decisions_applied":0,"namespace_meta_applied":0,"namespace_meta_cleared":0,\
        "noop":2,"skipped":3,"quota_refused":0,"dry_run":false,\
        "receiver_agent_id":"anonymous:req-1a2b3c4d","receiver_clock":{"entries":{}}}\
        """;
    assertThat(PushAnswer.read(Json.utf8(body)))
        .contains(
            new PushAnswer(
                new Counters(1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 0, 0),
                false,
                "anonymous:req-1a2b3c4d",
                Map.of(),
                null,
                null));
  }

  @Test
  void whatAnotherBackendDropsIsSeen() {
    var body =
        """
        {"applied":0,"deleted":0,"links_applied":0,"noop":0,"skipped":0,"quota_refused":0,\
        "unsupported_on_postgres":4,"dry_run":false,"receiver_agent_id":"host:a",\
        "storage_backend":"postgres","note":"n"}\
        """;
    assertThat(PushAnswer.read(Json.utf8(body)).orElseThrow().counters().unsupported())
        .isEqualTo(4);
  }

  @Test
  void idsAreReadWhereTheyStand() {
    assertThat(PushAnswer.read(Json.utf8("{\"ids\":[\"m1\"]}")).orElseThrow().ids())
        .containsExactly("m1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "OK",
        "<html></html>",
        "[]",
        "{\"applied\":-1}",
        "{\"applied\":\"1\"}",
        "{\"ids\":1}",
        "{\"receiver_clock\":{\"entries\":[]}}",
        "{\"quorate\":1}",
        "{\"quorate\":{\"version\":1}}",
        "{\"quorate\":{\"version\":1,\"node\":\"a\",\"epoch\":\"e\",\"parked\":[1]}}",
        "{\"quorate\":{\"version\":1,\"node\":\"a\",\"epoch\":\"e\",\"parked\":[{\"list\":\"x\",\"index\":-1}]}}"
      })
  void whatIsNoAnswerIsToldApart(String body) {
    assertThat(PushAnswer.read(Json.utf8(body))).isEmpty();
  }

  @Test
  void aReceiverOfALaterVersionIsUnderstoodInPart() {
    var body = "{\"quorate\":{\"version\":2,\"speaks\":[2,1],\"node\":\"host:c\",\"epoch\":\"e\"}}";
    var report = PushAnswer.read(Json.utf8(body)).orElseThrow().report();
    assertThat(report).isEqualTo(new Report(2, List.of(2, 1), "host:c", "e", List.of(), List.of()));
  }

  @EachSeed
  void garbageIsNoAnswer(long seed) {
    Seeds.check(
        seed,
        chance -> {
          PushAnswer.read(chance.bytes(chance.below(100)));
          var answer = Json.parse(ANSWER.write());
          for (var tries = 0; tries < 10; tries++) {
            Garbage.spoil(chance, answer);
            PushAnswer.read(Json.utf8(answer));
          }
        });
  }

  @Test
  void aTallyCountsEachItemOnce() {
    var tally = new PushTally();
    tally.applied(new PlainDeletion(0, "m1"));
    tally.applied(new PlainRestore(0, "m1"));
    tally.applied(new PlainDeletion(1, "m2"));
    tally.noop(new PlainDeletion(2, "m3"));
    tally.parked(new PlainDeletion(3, "m4"));
    tally.skipped(new Bad("memories", 0, "bad"), "bad");
    tally.quotaRefused(new Bad("memories", 1, "much"), "much");
    assertThat(tally.counters()).isEqualTo(new Counters(0, 2, 0, 1, 0, 0, 0, 0, 0, 2, 2, 1, 0));
    assertThat(tally.report("host:c", "e"))
        .isEqualTo(
            new Report(
                1,
                List.of(1),
                "host:c",
                "e",
                List.of(new Place("deletions", 3)),
                List.of(new Skip("memories", 0, "bad"), new Skip("memories", 1, "much"))));
  }
}
