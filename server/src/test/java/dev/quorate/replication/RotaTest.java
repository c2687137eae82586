package dev.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.replication.PeerState.Identity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RotaTest {
  private static final long READ = 30_000;
  private static final long COMPARE = 60_000;

  private final List<String> peers = IntStream.range(0, 49).mapToObj(i -> "p" + i).toList();
  private final Rota rota = new Rota(peers, READ, COMPARE, 0);

  @Test
  void whoComesIsReadAtOnceAndOnlyOnce() {
    come("p0", "e1");
    assertThat(reads(1)).containsExactly("p0");
    rota.done("p0", true);
    come("p0", "e1");
    assertThat(reads(2)).isEmpty();
  }

  @Test
  void whoLeftAndCameBackIsReadAgainAndSoIsAnotherStore() {
    come("p0", "e1");
    readAll(1);
    rota.found("p0", Optional.empty());
    come("p0", "e1");
    assertThat(readAll(2)).containsExactly("p0");
    come("p0", "e2");
    assertThat(readAll(3)).containsExactly("p0");
  }

  @Test
  void aFewAreReadAtEachIntervalUntilAllHadTheirTurn() {
    peers.forEach(peer -> come(peer, "e1"));
    readAll(1);
    var read = new HashSet<String>();
    for (var turn = 1; turn <= 17; turn++) {
      var some = readAll(turn * READ);
      assertThat(some).hasSize(Rota.FEW);
      read.addAll(some);
    }
    assertThat(read).hasSameSizeAs(peers);
  }

  @Test
  void whoIsNotThereIsPassedOver() {
    come("p7", "e1");
    readAll(1);
    assertThat(readAll(READ)).containsExactly("p7");
  }

  @Test
  void aFewAreComparedAtEachIntervalThatFindsTheStoreAtRest() {
    peers.forEach(peer -> come(peer, "e1"));
    readAll(1);
    var compared = new HashSet<String>();
    for (var turn = 1; turn <= 17; turn++) {
      readAll(turn * COMPARE - 1);
      var due = rota.due(turn * COMPARE, 7, false);
      due.read().forEach(peer -> rota.done(peer, true));
      due.compare().forEach(peer -> rota.done(peer, true));
      assertThat(due.compare()).hasSize(Rota.FEW);
      compared.addAll(due.compare());
    }
    assertThat(compared).hasSameSizeAs(peers);
  }

  @Test
  void nothingIsReadWhileItArrivesByItself() {
    come("p0", "e1");
    assertThat(rota.due(1, 7, true).read()).isEmpty();
    assertThat(rota.due(COMPARE, 7, true)).isEqualTo(new Rota.Due(List.of(), List.of()));
    assertThat(rota.due(COMPARE + 1, 7, false).read()).containsExactly("p0");
  }

  @Test
  void somebodyWhoWaitsIsNotPutOffByWhatArrives() {
    come("p0", "e1");
    readAll(1);
    rota.hurry();
    assertThat(rota.due(2, 7, true).read()).containsExactly("p0");
  }

  @Test
  void nobodyIsVisitedTwiceAtATime() {
    come("p0", "e1");
    assertThat(reads(1)).containsExactly("p0");
    rota.hurry();
    assertThat(reads(2)).isEmpty();
    rota.done("p0", true);
    assertThat(reads(3)).containsExactly("p0");
  }

  @Test
  void whatWasLeftUnreadIsReadOnceNothingArrivesAnyMore() {
    come("p0", "e1");
    reads(1);
    rota.done("p0", false);
    assertThat(rota.due(2, 7, true).read()).isEmpty();
    assertThat(rota.due(3, 7, false).read()).containsExactly("p0");
  }

  private void come(String peer, String epoch) {
    rota.found(peer, Optional.of(new Identity("node of " + peer, epoch, true)));
  }

  private List<String> reads(long now) {
    return rota.due(now, 7, false).read();
  }

  /// What is read until nothing is due, each visit going well.
  private List<String> readAll(long now) {
    var all = new ArrayList<String>();
    while (true) {
      var due = rota.due(now, 7, false);
      due.read().forEach(peer -> rota.done(peer, true));
      due.compare().forEach(peer -> rota.done(peer, true));
      if (due.read().isEmpty()) return all;
      all.addAll(due.read());
    }
  }
}
