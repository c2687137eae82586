package dev.quorate.memories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quorate.embedding.Model;
import dev.quorate.failure.RequestFailure.QuotaExceeded;
import dev.quorate.governance.Mode;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Provenance;
import dev.quorate.memory.Relation;
import dev.quorate.memory.Tier;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import dev.quorate.store.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an agent may store, on two nodes that hear of each other late.
class QuotaTest {
  private static final String CONTENT = "0123456789";

  private final Remembering remembering = new Remembering(Lifetimes.DEFAULT, Model.off());
  private final Forgetting forgetting = new Forgetting(Lifetimes.DEFAULT);

  @TempDir Path directory;
  private volatile Instant now = Instant.parse("2026-01-01T22:00:00Z");
  private TwoNodes nodes;
  private Store one;
  private Store other;

  @BeforeEach
  void start() {
    nodes = new TwoNodes(directory, () -> now, () -> now);
    one = nodes.one;
    other = nodes.other;
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  private static Draft draft(String title, String content, String agent) {
    return new Draft(
        title,
        content,
        Tier.SHORT,
        "n",
        List.of(),
        5,
        1.0,
        "api",
        null,
        null,
        "{\"agent_id\":\"%s\"}".formatted(agent),
        Provenance.PLAIN);
  }

  private String save(Store at, Quota quota, Draft draft) {
    var governing = new Governing(Mode.ENFORCE, remembering, forgetting, quota);
    var saved =
        at.write(transaction -> governing.store(transaction, draft, OnConflict.MERGE, "ai:ann"));
    return switch (saved.value()) {
      case Gated.Done<Memory>(var memory) -> memory.id();
      case Gated.Held<Memory> _ -> throw new AssertionError("it was held");
    };
  }

  private String save(Store at, Quota quota, String title) {
    return save(at, quota, draft(title, CONTENT, "ai:ann"));
  }

  private static Usage usage(Store at, String agent) {
    return at.read(snapshot -> snapshot.usages().of(agent, Quota.dayStart(snapshot)));
  }

  @Test
  void oneMemoryMoreThanADayAllowsIsRefusedUntilMidnight() {
    var quota = new Quota(2, 0, 0);
    save(one, quota, "A");
    save(one, quota, "B");
    var refusal = catchThrowableOfType(QuotaExceeded.class, () -> save(one, quota, "C"));
    assertThat(refusal.limit()).isEqualTo("memories_per_day");
    assertThat(refusal.details())
        .containsEntry("code", "QUOTA_EXCEEDED")
        .containsEntry("current", 2L)
        .containsEntry("max", 2L)
        .containsEntry("agent_id", "ai:ann");
    assertThat(refusal.resetAt()).isEqualTo("2026-01-02T00:00:00Z");
    assertThat(refusal.untilReset()).isEqualTo(Duration.ofHours(2));
    assertThat(one.read(Snapshot::totals).total()).isEqualTo(2);
    // Another agent has a quota of its own, and an edit makes no memory.
    save(one, quota, draft("C", CONTENT, "ai:bob"));
    save(one, quota, draft("A", "other", "ai:ann"));
    now = Instant.parse("2026-01-02T00:00:00Z");
    save(one, quota, "D");
    assertThat(usage(one, "ai:ann").memoriesMade()).isEqualTo(1);
  }

  @Test
  void whatAnotherNodeMadeCountsAndWhatReplicatesIsNeverRefused() {
    var quota = new Quota(2, 50, 0);
    for (var title : List.of("A", "B", "C")) save(other, Quota.NONE, title);
    nodes.exchange();
    assertThat(one.read(Snapshot::totals).total()).isEqualTo(3);
    assertThat(usage(one, "ai:ann").memoriesMade()).isEqualTo(3);
    assertThatThrownBy(() -> save(one, quota, "D")).isInstanceOf(QuotaExceeded.class);
  }

  @Test
  void requestsAtOnceCannotPassTogether() {
    var quota = new Quota(3, 0, 0);
    var saving = new ArrayList<CompletableFuture<String>>();
    for (var i = 0; i < 16; i++) {
      var title = "T" + i;
      saving.add(
          CompletableFuture.supplyAsync(() -> save(one, quota, title), Thread::startVirtualThread));
    }
    var refused = 0;
    for (var saved : saving) {
      try {
        saved.join();
      } catch (CompletionException e) {
        assertThat(e.getCause()).isInstanceOf(QuotaExceeded.class);
        refused++;
      }
    }
    assertThat(refused).isEqualTo(13);
    assertThat(one.read(Snapshot::totals).total()).isEqualTo(3);
  }

  @Test
  void bytesAreThoseOfLiveMemories() {
    var metadata = "{\"agent_id\":\"ai:ann\"}".length();
    var each = 1 + CONTENT.length() + metadata;
    var quota = new Quota(0, 2L * each, 0);
    var first = save(one, quota, "A");
    save(one, quota, draft("ü", "012345678", "ai:ann"));
    assertThat(usage(one, "ai:ann").liveBytes()).isEqualTo(2L * each);
    assertThatThrownBy(() -> save(one, quota, "C"))
        .isInstanceOf(QuotaExceeded.class)
        .hasMessageContaining("bytes of live memories");
    // What a merge adds counts, and what makes a memory smaller is let pass.
    assertThatThrownBy(() -> save(one, quota, draft("A", CONTENT + "!", "ai:ann")))
        .isInstanceOf(QuotaExceeded.class);
    save(one, quota, draft("A", "0", "ai:ann"));
    assertThat(usage(one, "ai:ann").liveBytes()).isEqualTo(2L * each - 9);
    one.write(transaction -> forgetting.delete(transaction, first, Condition.NONE));
    save(one, quota, "C");
    // Short-tier memories last six hours.
    now = now.plus(Duration.ofHours(7));
    assertThat(usage(one, "ai:ann").liveBytes()).isZero();
    save(one, quota, "D");
  }

  @Test
  void aCountThatIsRememberedNeverLetsMorePassThanTheLimit() {
    var metadata = "{\"agent_id\":\"ai:ann\"}".length();
    var large = "x".repeat(50_000);
    var each = 2 + large.length() + metadata;
    var quota = new Quota(0, 20L * each, 0);
    for (var i = 0; i < 10; i++) save(one, quota, draft("0" + i, large, "ai:ann"));
    // What other nodes and other routes bring counts from then on.
    for (var i = 0; i < 6; i++) save(other, Quota.NONE, draft("1" + i, large, "ai:ann"));
    nodes.exchange();
    for (var i = 0; i < 3; i++) save(one, Quota.NONE, draft("2" + i, large, "ai:ann"));
    save(one, quota, draft("30", large, "ai:ann"));
    assertThatThrownBy(() -> save(one, quota, "31")).isInstanceOf(QuotaExceeded.class);
    assertThat(usage(one, "ai:ann").liveBytes()).isEqualTo(20L * each);
  }

  @Test
  void linksAreCountedByWhoMadeThem() {
    var linking = new Linking(new Quota(0, 0, 2));
    var ids = List.of("A", "B", "C", "D").stream().map(id -> save(one, Quota.NONE, id)).toList();
    link(linking, ids.get(0), ids.get(1), "ai:ann");
    link(linking, ids.get(0), ids.get(2), "ai:ann");
    assertThatThrownBy(() -> link(linking, ids.get(0), ids.get(3), "ai:ann"))
        .isInstanceOf(QuotaExceeded.class)
        .hasMessageContaining("links made today");
    // One that is there is none more; others have their own count; nobody in particular has none.
    link(linking, ids.get(0), ids.get(1), "ai:ann");
    link(linking, ids.get(0), ids.get(3), "ai:bob");
    link(linking, ids.get(1), ids.get(3), null);
    nodes.exchange();
    assertThat(usage(other, "ai:ann").linksMade()).isEqualTo(2);
    // That it ceases to hold does not make it somebody else's.
    one.write(tx -> linking.end(tx, ids.get(0), ids.get(1), Relation.RELATED_TO, null));
    assertThat(usage(one, "ai:ann").linksMade()).isEqualTo(2);
    one.write(tx -> linking.unlink(tx, ids.get(0), ids.get(2)));
    assertThat(usage(one, "ai:ann").linksMade()).isEqualTo(1);
    now = Instant.parse("2026-01-02T00:00:00Z");
    assertThat(usage(one, "ai:ann").linksMade()).isZero();
  }

  private void link(Linking linking, String from, String to, @Nullable String agent) {
    one.write(tx -> linking.link(tx, from, to, Relation.RELATED_TO, null, null, agent));
  }

  @Test
  void theAgentsThatHoldMostAreListedFirst() {
    save(one, Quota.NONE, draft("A", "much more", "ai:bob"));
    save(one, Quota.NONE, draft("B", "less", "ai:ann"));
    save(one, Quota.NONE, draft("C", "less", "ai:cy"));
    var largest = one.read(snapshot -> snapshot.usages().largest(Quota.dayStart(snapshot), 2));
    assertThat(largest).extracting(Usage::agentId).containsExactly("ai:bob", "ai:ann");
    // All at once they are counted as each alone.
    for (var usage : largest) {
      Usage alone =
          one.read(snapshot -> snapshot.usages().of(usage.agentId(), Quota.dayStart(snapshot)));
      assertThat(usage).isEqualTo(alone);
    }
    assertThat(largest.getFirst().since()).isEqualTo(now);
    assertThat(usage(one, "ai:nobody")).isEqualTo(new Usage("ai:nobody", 0, 0, 0, null));
  }
}
