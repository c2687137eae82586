package dev.quorate.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Body;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.merge.Register;
import dev.quorate.merge.Seen;
import dev.quorate.time.Stamp;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a mutation answers for that found what it was to bring about.
class FoundTest {
  private static final Origin ELSEWHERE = new Origin("n2", "e2", 7);

  private final MemoryTables tables = new MemoryTables("n1", "e1");
  private final Replica node =
      new Replica("n1", new TablesContract.Opened(tables, tables::state), 1_000);

  @Test
  void whatAnotherNodeMadeIsHandedOnAsItIs() {
    var content = content("m", 10);
    received(content);
    var before = tables.state();

    var ledger = node.ledger();
    ledger.found(content);

    assertThat(ledger.made()).containsExactly(Made.of(content, 2));
    assertThat(tables.latestIsHere(Lane.CONTENT, "m")).isTrue();
    assertThat(tables.owed()).isEqualTo(2);
    assertThat(tables.state().registers()).isEqualTo(before.registers());
    assertThat(tables.state().views()).isEqualTo(before.views());
  }

  @Test
  void whatWasHandedOnOnceIsNotHandedOnAgain() {
    var content = content("m", 10);
    received(content);
    node.ledger().found(content);

    var again = node.ledger();
    again.found(content);

    assertThat(again.made()).containsExactly(Made.of(content, 2));
    assertThat(tables.lastNumber()).isEqualTo(2);
  }

  @Test
  void whatWasMadeHereIsAnsweredForUnderItsNumber() {
    var content = content("m", 10);
    here(content, content("n", 11));

    var ledger = node.ledger();
    ledger.found(content);

    assertThat(ledger.made()).containsExactly(Made.of(content, 1));
    assertThat(tables.lastNumber()).isEqualTo(2);
  }

  @Test
  void whatIsFoundAndWhatIsMadeStandInTheOrderOfTheirNumbers() {
    here(content("a", 10), content("b", 11));
    received(content("c", 12));

    var ledger = node.ledger();
    ledger.apply(content("d", 13));
    ledger.found(content("b", 11));
    ledger.found(content("a", 10));
    ledger.found(content("c", 12));

    assertThat(names(ledger)).containsExactly("CONTENT a", "CONTENT b", "CONTENT d", "CONTENT c");
    assertThat(ledger.made()).extracting(Made::sequence).isSorted();
  }

  @Test
  void whatIsFoundTwiceOrWasMadeJustNowIsAnsweredForOnce() {
    var ledger = node.ledger();
    ledger.apply(content("a", 10));
    ledger.found(content("a", 10));
    ledger.foundMemory("a");
    assertThat(names(ledger)).containsExactly("CONTENT a");
  }

  @Test
  void aMemoryIsFoundWithItsTwinsAndWhatMakesThemOne() {
    received(content("a", 10), content("b", 11), alias("a", "b"), archive("b", 12));
    var ledger = node.ledger();
    ledger.foundMemory("a");
    assertThat(names(ledger))
        .containsExactlyInAnyOrder("CONTENT a", "CONTENT b", "ALIAS a\nb", "LIFECYCLE b");
  }

  @Test
  void aDeleteIsFoundWithWhatBringsItIntoEffect() {
    received(content("m", 10), delete("m", 20, "s"), delete("s", 30));
    var ledger = node.ledger();
    ledger.foundMemory("m");
    assertThat(names(ledger)).containsExactly("LIFECYCLE m", "LIFECYCLE s");
  }

  @Test
  void nothingIsFoundOfWhatIsNotThere() {
    var ledger = node.ledger();
    ledger.foundMemory("m");
    assertThat(ledger.made()).isEmpty();
    assertThat(tables.lastNumber()).isZero();
  }

  private void here(Register... registers) {
    var ledger = node.ledger();
    for (var register : registers) ledger.apply(register);
  }

  private void received(Register... registers) {
    var ledger = node.ledger();
    for (var register : registers) ledger.receive(register, ELSEWHERE, null);
  }

  private static List<String> names(Ledger ledger) {
    return ledger.made().stream().map(made -> made.lane() + " " + made.key()).toList();
  }

  private static ContentRegister content(String id, long millis) {
    var memory = AnyMemory.plain(id, "title of " + id, "words", Instant.ofEpochMilli(1));
    return ContentRegister.of(id, stamp(millis), Seen.NOTHING, Body.write(memory));
  }

  private static LifecycleRegister archive(String id, long millis) {
    return LifecycleRegister.of(id, stamp(millis), State.ARCHIVED, "why", List.of());
  }

  private static LifecycleRegister delete(String id, long millis, String... successors) {
    return LifecycleRegister.of(id, stamp(millis), State.DELETED, "", Arrays.asList(successors));
  }

  private static AliasFact alias(String one, String other) {
    var created = Timestamps.render(Instant.ofEpochMilli(1));
    return AliasFact.of(one, created, other, created, stamp(5));
  }

  private static Stamp stamp(long millis) {
    return Stamp.of(millis, 0, "n9");
  }
}
