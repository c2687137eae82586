package dev.quorate.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Body;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
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

/// What a node owes its peers in place of what a delete erased before it was sent, and what a
/// delete that takes effect late is told as. Registers that were made here are applied, those that
/// were made elsewhere are received.
class OwedDeletesTest {
  private static final Origin ELSEWHERE = new Origin("n2", "e2", 7);
  private static final long NOW = 1_000;

  private final MemoryTables tables = new MemoryTables("n1", "e1");
  private final Replica node =
      new Replica("n1", new TablesContract.Opened(tables, tables::state), NOW);

  @Test
  void aDeleteFromElsewhereIsOwedInPlaceOfTheContentItErased() {
    here(content("m", 10));
    var made = received(delete("m", 20));
    assertThat(made).containsExactly("LIFECYCLE m");
    assertThat(owed(Lane.LIFECYCLE, "m")).isTrue();
  }

  @Test
  void aDeleteOfWhatNobodyWaitsForIsNotOwed() {
    received(content("m", 10));
    assertThat(received(delete("m", 20))).isEmpty();
    assertThat(owed(Lane.LIFECYCLE, "m")).isFalse();
  }

  @Test
  void aDeleteOfWhatAGuestWasShownIsOwedThoughItWasMadeElsewhere() {
    received(content("m", 10));
    tables.showed("guest", "m");
    assertThat(received(delete("m", 20))).isNotEmpty();
  }

  @Test
  void aDeleteIsOwedForAVectorThatWasMadeHere() {
    received(content("m", 10));
    here(EmbeddingRegister.of("m", stamp(10), stamp(11), "mini", 1, "AACAPw=="));
    assertThat(received(delete("m", 20))).containsExactly("LIFECYCLE m");
  }

  @Test
  void aDeleteIsOwedForALostContentThatWasMadeHere() {
    received(content("m", 11));
    // It loses against what is here, and only this node knows that.
    assertThat(received(content("m", 10))).hasSize(1).allMatch(name -> name.startsWith("LOST m"));
    assertThat(received(delete("m", 20))).containsExactly("LIFECYCLE m");
  }

  @Test
  void theDeleteOfOneMemberIsOwedForEachWithTheAliasesThatExtendIt() {
    here(content("a", 10));
    received(content("b", 11), alias("a", "b"), content("c", 12), alias("b", "c"));
    assertThat(received(delete("c", 20)))
        .containsExactlyInAnyOrder("LIFECYCLE c", "ALIAS a\nb", "ALIAS b\nc");
  }

  @Test
  void aDeleteThatNamesASuccessorIsOwedWithItsContent() {
    here(content("m", 10));
    received(content("s", 19));
    assertThat(received(delete("m", 20, "s"))).containsExactly("LIFECYCLE m", "CONTENT s");
  }

  @Test
  void aDeleteWhoseSuccessorIsGoneIsOwedWithTheDeleteOfThat() {
    here(content("m", 10));
    received(delete("s", 30));
    assertThat(received(delete("m", 20, "s"))).containsExactly("LIFECYCLE m", "LIFECYCLE s");
  }

  @Test
  void aDeleteWhoseSuccessorIsGoneByAnAliasIsOwedWithTheAliasToo() {
    here(content("m", 10));
    received(delete("twin", 30), alias("s", "twin"));
    assertThat(received(delete("m", 20, "s")))
        .containsExactlyInAnyOrder("LIFECYCLE m", "LIFECYCLE twin", "ALIAS s\ntwin");
  }

  @Test
  void aDeleteIsOwedThoughAnOlderChangeOfItsRegisterWasMadeHereAndPerhapsSent() {
    here(content("m", 10));
    here(turn("m", 15, State.ARCHIVED));
    var sent = tables.lastNumber();
    assertThat(received(delete("m", 20))).containsExactly("LIFECYCLE m");
    assertThat(tables.latestIsHere(Lane.LIFECYCLE, "m")).isTrue();
    assertThat(tables.changes().tailMap(sent, false).values())
        .filteredOn(tables::madeHere)
        .extracting(Change::key)
        .containsExactly("m");
  }

  @Test
  void aDeleteThatWasMadeHereIsOwedOnce() {
    here(content("m", 10));
    var ledger = node.ledger();
    ledger.apply(delete("m", 20));
    assertThat(names(ledger)).containsExactly("LIFECYCLE m");
  }

  @Test
  void aDeleteThatTakesEffectLateGetsANewNumberAndKeepsItsOrigin() {
    received(content("m", 10), delete("m", 20, "s"));
    var before = tables.latestChange(Lane.LIFECYCLE, "m").orElseThrow();
    received(content("s", 19));
    var after = tables.latestChange(Lane.LIFECYCLE, "m").orElseThrow();
    assertThat(after.sequence()).isGreaterThan(before.sequence());
    assertThat(after.sequence()).isEqualTo(tables.lastNumber());
    assertThat(origin(after)).isEqualTo(origin(before)).isEqualTo(ELSEWHERE);
    assertThat(tables.madeHere(after)).isFalse();
  }

  @Test
  void aDeleteThatTakesEffectLateAndWasMadeHereIsStillMadeHere() {
    received(content("m", 10));
    here(delete("m", 20, "s"));
    received(content("s", 19));
    var after = tables.latestChange(Lane.LIFECYCLE, "m").orElseThrow();
    assertThat(after.sequence()).isEqualTo(tables.lastNumber());
    assertThat(tables.madeHere(after)).isTrue();
  }

  @Test
  void aDeleteThatIsPinnedOutOfACircleIsRecordedAsMadeHere() {
    received(content("a", 10), content("b", 10), delete("a", 20, "b"));
    var made = received(delete("b", 21, "a"));
    assertThat(node.tables().lifecycle("b")).contains(delete("b", 21));
    assertThat(made).containsExactly("LIFECYCLE b");
    var change = tables.latestChange(Lane.LIFECYCLE, "b").orElseThrow();
    assertThat(tables.madeHere(change)).isTrue();
  }

  private void here(Register... registers) {
    var ledger = node.ledger();
    for (var register : registers) ledger.apply(register);
  }

  /// Names of what this node made itself, in one mutation, of registers that were made elsewhere.
  private List<String> received(Register... registers) {
    var ledger = node.ledger();
    for (var register : registers) ledger.receive(register, ELSEWHERE, null);
    return names(ledger);
  }

  private static List<String> names(Ledger ledger) {
    return ledger.made().stream().map(made -> made.lane() + " " + made.key()).toList();
  }

  private boolean owed(Lane lane, String key) {
    return tables.recordedHere(lane, key);
  }

  private static Origin origin(Change change) {
    return new Origin(change.origin(), change.originEpoch(), change.originSequence());
  }

  private static ContentRegister content(String id, long millis) {
    var memory = AnyMemory.plain(id, "title of " + id, "words", Instant.ofEpochMilli(1));
    return ContentRegister.of(id, stamp(millis), Seen.NOTHING, Body.write(memory));
  }

  private static LifecycleRegister turn(String id, long millis, State state) {
    return LifecycleRegister.of(id, stamp(millis), state, "why", List.of());
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
