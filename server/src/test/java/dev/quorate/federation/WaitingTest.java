package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Seen;
import dev.quorate.quorum.Miss;
import dev.quorate.quorum.QuorumPolicy;
import dev.quorate.replication.Operation;
import dev.quorate.replication.Operations;
import dev.quorate.replication.WriteWindow;
import dev.quorate.store.Made;
import dev.quorate.time.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What the way of a write to its quorum tells of how many may be on it. Three nodes, of which two
/// must hold a write.
class WaitingTest {
  private static final long TIMEOUT = 2_000;

  private final AtomicLong clock = new AtomicLong(1_000_000);
  private final Admission admission = new Admission(new WriteWindow(TIMEOUT), TIMEOUT, clock::get);
  private final Waiting waiting =
      new Waiting(
          new Operations(new QuorumPolicy(3, 2, TIMEOUT), "n1", Set.of("quick", "slow")),
          admission,
          () -> Instant.ofEpochMilli(clock.get()));
  private final int widest = admission.size();

  @Test
  void aPeerThatWasQuickerThanTheWriterLeavesNothingToTellToTheSlowOne() {
    waiting.known("quick", "e2", 1, Set.of());
    assertThat(begin().met()).isTrue();
    clock.addAndGet(TIMEOUT);
    waiting.failed("slow", 1, Miss.TIMEOUT);
    waiting.known("slow", "e3", 1, Set.of());
    assertThat(admission.size()).isEqualTo(widest);
  }

  @Test
  void aQuorumThatIsLateIsToldOnceThoughTheRestIsLater() {
    var operation = begin();
    clock.addAndGet(TIMEOUT);
    waiting.known("quick", "e2", 1, Set.of());
    assertThat(operation.met()).isTrue();
    var narrower = admission.size();
    assertThat(narrower).isLessThan(widest);
    clock.addAndGet(TIMEOUT);
    waiting.known("slow", "e3", 1, Set.of());
    assertThat(admission.size()).isEqualTo(narrower);
  }

  private Operation begin() {
    admission.enter();
    var content = ContentRegister.of("a", Stamp.of(5, 0, "n1"), Seen.NOTHING, "{}");
    var made = new Made(content.lane(), content.key(), content.stamp(), content.hash(), 1);
    return waiting.begin(List.of(made), 1);
  }
}
