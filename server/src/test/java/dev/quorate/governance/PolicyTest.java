package dev.quorate.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
  private static Policy policy(String json) {
    return Policy.read(Json.parse(json));
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    assertThat(policy("{\"write\":\"registered\"}"))
        .isEqualTo(
            new Policy(Level.REGISTERED, Level.ANY, Level.OWNER, new Approver.Human(), true));
  }

  @Test
  void aPolicyIsReadAsItWasRendered() {
    for (var approver :
        new Approver[] {
          new Approver.Human(), new Approver.Agent("ai:bob"), new Approver.Consensus(3)
        }) {
      var policy = new Policy(Level.APPROVE, Level.OWNER, Level.REGISTERED, approver, false);
      assertThat(Policy.read(policy.json())).isEqualTo(policy);
    }
  }

  @Test
  void oneThatCannotBeReadIsNone() {
    assertThat(Policy.in(Json.parse("{}"))).isEmpty();
    assertThat(Policy.in(Json.parse("{\"governance\":{\"write\":\"x\"}}"))).isEmpty();
    assertThat(Policy.in(Json.parse("{\"governance\":1}"))).isEmpty();
    assertThat(Policy.in(Json.parse("{\"governance\":{\"write\":\"any\"}}"))).isPresent();
    assertThatThrownBy(() -> policy("{\"promote\":\"any\"}"))
        .isInstanceOf(Invalid.class)
        .hasMessage("governance.write is missing");
    assertThatThrownBy(() -> policy("{\"write\":\"all\"}"))
        .hasMessage("governance.write must be any, registered, owner, approve: \"all\"");
  }

  @ParameterizedTest
  @CsvSource({
    "ANY, false, nobody, true",
    "REGISTERED, false, ann, false",
    "REGISTERED, true, nobody, true",
    "OWNER, true, ann, true",
    "OWNER, true, bob, false",
    "OWNER, true, , false"
  })
  void eachLevelAsksForWhatItSays(Level level, boolean registered, String owner, boolean allowed) {
    var policy = new Policy(level, level, level, new Approver.Human(), true);
    for (var operation : Operation.values()) {
      var verdict = policy.judge(operation, "ann", registered, owner);
      assertThat(verdict instanceof Verdict.Allowed).isEqualTo(allowed);
      assertThat(verdict instanceof Verdict.Denied).isNotEqualTo(allowed);
    }
  }

  @Test
  void approvalIsAskedOfTheOwnerToo() {
    var policy = policy("{\"write\":\"approve\",\"approver\":{\"agent\":\"ai:bob\"}}");
    assertThat(policy.judge(Operation.STORE, "ann", true, "ann"))
        .isEqualTo(new Verdict.Held(new Approver.Agent("ai:bob")));
  }

  @Test
  void theRightApproverIsNotRefused() {
    assertThat(new Approver.Human().refusal("anybody", _ -> false)).isEmpty();
    assertThat(new Approver.Agent("ai:bob").refusal("ai:bob", _ -> false)).isEmpty();
    assertThat(new Approver.Agent("ai:bob").refusal("AI:BOB", _ -> true)).isPresent();
    assertThat(new Approver.Consensus(2).refusal("AI:Bob", "ai:bob"::equals)).isEmpty();
    assertThat(new Approver.Consensus(2).refusal("ai:cy", "ai:bob"::equals)).isPresent();
  }
}
