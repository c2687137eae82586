package dev.quorate.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.NodeFailure;
import dev.quorate.identity.NonceWindow.Freshness;
import dev.quorate.seeds.Chance;
import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NonceWindowTest {
  /// What the window promises, in sets: all that was ever seen.
  private static final class Model {
    private final Map<String, NavigableSet<Long>> counters = new HashMap<>();
    private final Set<String> texts = new HashSet<>();

    boolean isFresh(String process, long counter) {
      var seen = counters.computeIfAbsent(process, _ -> new TreeSet<>());
      var highest = highest(seen);
      return counter > highest - 1_024 && seen.add(counter);
    }

    boolean isFresh(String peer, String nonce) {
      return texts.add(peer + " " + nonce);
    }

    void restart() {
      for (var seen : counters.values()) {
        var highest = highest(seen);
        for (var i = highest; i >= 0 && i > highest - 1_024; i--) seen.add(i);
      }
    }

    private static long highest(NavigableSet<Long> seen) {
      return seen.isEmpty() ? -1 : seen.last();
    }
  }

  @EachSeed
  void itIsAsExactAsASetOfEverything(long seed) {
    Seeds.check(seed, NonceWindowTest::compareWithTheModel);
  }

  private static void compareWithTheModel(Chance chance) {
    var window = new NonceWindow();
    var stored = new HashMap<NonceRow.Place, NonceRow>();
    var model = new Model();
    var near = new long[8];
    for (var step = 0; step < 400; step++) {
      var peer = "host:" + chance.below(2);
      boolean expected;
      String nonce;
      if (chance.percent(80)) {
        var boot = chance.below(4);
        near[boot] += chance.percent(3) ? chance.below(3_000) : chance.below(3);
        var reach = chance.percent(5) ? 1_100 : 20;
        var counter = Math.max(0, near[boot] - chance.below(reach));
        nonce = new Nonce.Counted(boot, counter).text();
        expected = model.isFresh(peer + "/" + boot, counter);
      } else {
        nonce = "nonce " + chance.below(50);
        expected = model.isFresh(peer, nonce);
      }
      var freshness = window.check(peer, nonce, step);
      if (freshness != (expected ? Freshness.FRESH : Freshness.REPLAY)) {
        throw new AssertionError(
            "step %d: %s of %s is taken for %s".formatted(step, nonce, peer, freshness));
      }
      if (chance.percent(10)) write(window, stored);
      if (chance.percent(2)) {
        write(window, stored);
        assertThat(Set.copyOf(stored.values())).isEqualTo(Set.copyOf(window.export()));
        window = NonceWindow.restore(stored.values());
        model.restart();
      }
    }
  }

  private static void write(NonceWindow window, Map<NonceRow.Place, NonceRow> stored) {
    for (var row : window.takeDirty()) {
      if (row.value() == null) stored.remove(row.place());
      else stored.put(row.place(), row);
    }
    assertThat(window.takeDirty()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"5000, FRESH", "4999, FRESH", "3977, FRESH", "3976, REPLAY", "0, REPLAY"})
  void aCounterMayComeAThousandLate(long late, Freshness expected) {
    var window = new NonceWindow();
    assertThat(check(window, 1, 5_000)).isEqualTo(Freshness.FRESH);
    assertThat(check(window, 1, late == 5_000 ? 5_001 : late)).isEqualTo(expected);
    assertThat(check(window, 1, 5_000)).isEqualTo(Freshness.REPLAY);
  }

  @Test
  void anotherPeerOrProcessCountsForItself() {
    var window = new NonceWindow();
    var nonce = new Nonce.Counted(7, 1).text();
    assertThat(window.check("host:a", nonce, 0)).isEqualTo(Freshness.FRESH);
    assertThat(window.check("host:b", nonce, 0)).isEqualTo(Freshness.FRESH);
    assertThat(window.check("host:a", new Nonce.Counted(8, 1).text(), 0))
        .isEqualTo(Freshness.FRESH);
    assertThat(window.check("host:a", nonce, 0)).isEqualTo(Freshness.REPLAY);
  }

  @Test
  void theProcessHeardLongestAgoGoesFirst() {
    var window = new NonceWindow();
    for (var boot = 0; boot < PeerNonces.BOOTS_MAX; boot++) check(window, boot, 9);
    check(window, 0, 10);
    check(window, 64, 9);
    assertThat(check(window, 0, 10)).isEqualTo(Freshness.REPLAY);
    assertThat(check(window, 2, 9)).isEqualTo(Freshness.REPLAY);
    assertThat(window.export()).hasSize(PeerNonces.BOOTS_MAX);
    assertThat(window.takeDirty())
        .contains(new NonceRow("host:a", "boot 000000000000001", null))
        .filteredOn(row -> row.value() == null)
        .hasSize(1);
  }

  @Test
  void ofOtherNoncesTheLastTenThousandAreKnown() {
    var window = new NonceWindow();
    for (var i = 0; i <= PeerNonces.OTHERS_MAX; i++) window.check("old", "n" + i, i);
    assertThat(window.check("old", "n1", 0)).isEqualTo(Freshness.REPLAY);
    assertThat(window.export()).hasSize(PeerNonces.OTHERS_MAX);
    // The first one was displaced, in the window and in the store.
    assertThat(window.check("old", "n0", 0)).isEqualTo(Freshness.FRESH);
    var rows = window.takeDirty();
    assertThat(rows).hasSize(PeerNonces.OTHERS_MAX);
    var restored = NonceWindow.restore(rows);
    assertThat(restored.check("old", "n1", 0)).isEqualTo(Freshness.FRESH);
    assertThat(restored.check("old", "n3", 0)).isEqualTo(Freshness.REPLAY);
    assertThat(restored.check("old", "n0", 0)).isEqualTo(Freshness.REPLAY);
  }

  @Test
  void thePeerHeardLongestAgoGoesWithAllItsRows() {
    var window = new NonceWindow();
    for (var i = 0; i < NonceWindow.PEERS_MAX; i++) window.check("p" + i, "x", i);
    window.check("p1", "y", 5_000);
    check(window, 3, 1);
    var rows = window.takeDirty();
    assertThat(rows).filteredOn(row -> row.value() == null).hasSize(1);
    assertThat(rows).filteredOn(row -> row.peer().equals("p0")).hasSize(1);
    assertThat(window.export()).hasSize(NonceWindow.PEERS_MAX + 1);
    // The order outlives a restart.
    var restored = NonceWindow.restore(window.export());
    restored.check("new", "x", 6_000);
    assertThat(restored.takeDirty())
        .filteredOn(row -> row.value() == null)
        .containsExactly(new NonceRow("p2", "other 0", null));
  }

  @Test
  void aRestartForgetsNothing() {
    var window = new NonceWindow();
    check(window, 1, 100);
    check(window, 1, 98);
    var restored = NonceWindow.restore(window.takeDirty());
    assertThat(check(restored, 1, 100)).isEqualTo(Freshness.REPLAY);
    assertThat(check(restored, 1, 99)).isEqualTo(Freshness.REPLAY);
    assertThat(check(restored, 1, 0)).isEqualTo(Freshness.REPLAY);
    assertThat(check(restored, 1, 101)).isEqualTo(Freshness.FRESH);
  }

  @Test
  void rowsThatWereNotWrittenComeAgainUnlessTheyAreStale() {
    var window = new NonceWindow();
    check(window, 1, 1);
    window.check("host:a", "x", 1);
    var lost = window.takeDirty();
    check(window, 1, 2);
    window.giveBack(lost);
    var rows = window.takeDirty();
    assertThat(rows).hasSize(2);
    assertThat(rows).contains(lost.get(1)).doesNotContain(lost.get(0));
  }

  @Test
  void aClockThatGoesBackDoesNotChangeTheOrder() {
    var window = new NonceWindow();
    window.check("host:a", "first", 100);
    window.check("host:a", "second", 5);
    var restored = NonceWindow.restore(window.export());
    assertThat(restored.export()).isEqualTo(window.export());
  }

  @ParameterizedTest
  @CsvSource({
    "boot 000000000000001, ''",
    "boot 1, 0 1",
    "boot 000000000000001, 0",
    "other 0, 0 1",
    "other 10000, 0 1 aa",
    "boot 000000000000001, 0 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  })
  void aRowThatNoWindowWroteIsDamage(String key, String value) {
    assertThatThrownBy(() -> NonceWindow.restore(List.of(new NonceRow("host:a", key, value))))
        .isInstanceOf(NodeFailure.class)
        .hasMessage("the store has a nonce of the peer 'host:a' that cannot be read");
  }

  @EachSeed
  void aNonceIsAUuidOfVersionEight(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var boot = chance.between(0, (1L << 60) - 1);
          var counter = chance.between(0, Nonce.Counted.COUNTER_LIMIT - 1);
          var nonce = new Nonce.Counted(boot, counter);
          var uuid = UUID.fromString(nonce.text());
          assertThat(uuid.version()).isEqualTo(8);
          assertThat(uuid.variant()).isEqualTo(2);
          assertThat(uuid.toString()).isEqualTo(nonce.text());
          assertThat(Nonce.of(nonce.text())).isEqualTo(nonce);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b1946ac9-2ec8-4d9f-8f3e-b2f1c3a4d5e6",
        "00000000-0000-8000-8000-00000000000A",
        "00000000-0000-8000-8001-000000000000",
        "00000000-0000-8000-9000-000000000000",
        "00000000-0000-8000-c000-000000000000",
        "x",
        ""
      })
  void everythingElseIsForeign(String text) {
    assertThat(Nonce.of(text)).isEqualTo(new Nonce.Foreign(text));
  }

  private static Freshness check(NonceWindow window, long boot, long counter) {
    return window.check("host:a", new Nonce.Counted(boot, counter).text(), counter);
  }
}
