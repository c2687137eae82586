package dev.quorate.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.memory.AnyMemory;
import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActionTest {
  @EachSeed
  void anActionIsReadAsItWasWritten(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var what =
              switch (chance.below(3)) {
                case 0 -> new Action.Delete(chance.text(20));
                case 1 -> new Action.Promote(chance.text(20));
                default ->
                    new Action.Store(
                        AnyMemory.wild(chance), chance.percent(50) ? chance.between(1, 99) : null);
              };
          var approver =
              chance.oneOf(
                  new Approver.Human(), new Approver.Agent("ai:bob"), new Approver.Consensus(9));
          var action = new Action(what, "n/" + chance.text(9), chance.text(9), approver);
          assertThat(Action.read(action.payload())).contains(action);
          assertThat(Json.canonical(Json.parse(action.payload()))).isEqualTo(action.payload());
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "{}",
        "{\"action\":\"fly\",\"namespace\":\"n\",\"requested_by\":\"a\",\"approver\":\"human\"}",
        "{\"action\":\"store\",\"namespace\":\"n\",\"requested_by\":\"a\",\"approver\":\"human\"}",
        "{\"action\":\"delete\",\"namespace\":\"n\",\"requested_by\":\"a\",\"approver\":\"human\"}",
        "{\"action\":\"delete\",\"memory_id\":\"m\",\"namespace\":\"n\",\"approver\":\"human\"}",
        "{\"action\":\"delete\",\"memory_id\":\"m\",\"namespace\":\"n\",\"requested_by\":\"a\"}"
      })
  void whatIsNoActionIsNone(String payload) {
    assertThat(Action.read(payload)).isEmpty();
  }

  @Test
  void aLifeIsCountedFromTheApprovalAndAnExpiryStands() {
    var memory = AnyMemory.plain("m", "t", "c", Instant.EPOCH);
    var now = Instant.ofEpochSecond(1_000);
    assertThat(new Action.Store(memory, 60L).approvedAt(now).expiresAt())
        .isEqualTo(Instant.ofEpochSecond(1_060));
    var expiring = memory.withExpiry(Instant.ofEpochSecond(5));
    assertThat(new Action.Store(expiring, null).approvedAt(now)).isEqualTo(expiring);
    assertThat(new Action.Store(memory, null).approvedAt(now).expiresAt()).isNull();
  }
}
