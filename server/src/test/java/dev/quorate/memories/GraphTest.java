package dev.quorate.memories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.Link;
import dev.quorate.memory.Memory;
import dev.quorate.memory.Provenance;
import dev.quorate.memory.Relation;
import dev.quorate.memory.Tier;
import dev.quorate.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The graph at its limits: memories with very many links, and memories that are one.
class GraphTest {
  private static final Instant CREATED = Instant.parse("2025-06-01T00:00:00Z");
  private static final int MANY = Traversal.LINKS_MAX + 500;

  @TempDir Path directory;
  private TwoNodes nodes;

  @BeforeEach
  void start() {
    nodes = new TwoNodes(directory);
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  private static Memory memory(String id, String title) {
    return new Memory(
        id,
        "n",
        title,
        "words",
        Tier.LONG,
        List.of(),
        5,
        1.0,
        "api",
        CREATED,
        null,
        "{}",
        Provenance.PLAIN,
        1);
  }

  private static Link link(String source, String target, @Nullable Instant until) {
    return new Link(source, target, Relation.RELATED_TO, CREATED, CREATED, until, null, null);
  }

  private static void save(Store store, String... ids) {
    store.write(transaction -> {
      for (var id : ids) transaction.save(memory(id, id));
      return true;
    });
  }

  private static void link(Store store, String source, String target) {
    store.write(transaction -> {
      transaction.link(link(source, target, null));
      return true;
    });
  }

  private static Traversal.Found follow(Store store, String source, int depth, int limit) {
    var query = new Traversal.Query(source, depth, null, null, false, limit);
    return store.read(snapshot -> Traversal.follow(snapshot, query));
  }

  private static PathSearch.Found between(Store store, String source, String target, int length) {
    return store.read(snapshot -> PathSearch.between(snapshot, source, target, length, 10));
  }

  /// A memory that links to very many, of which only `a` and `z` are live.
  private void hub() {
    save(nodes.one, "hub", "a", "z");
    link(nodes.one, "hub", "a");
    nodes.one.write(transaction -> {
      for (var i = 0; i < MANY; i++) transaction.link(link("hub", "gone-" + i, null));
      return true;
    });
    link(nodes.one, "z", "hub");
  }

  @Test
  void aMemoryWithVeryManyLinksCostsNoMoreThanIsAllowed() {
    hub();
    var found = follow(nodes.one, "hub", 5, 1_000);
    assertThat(found.steps()).extracting(step -> step.link().targetId()).containsExactly("a");
    assertThat(found.truncated()).isTrue();
    var timeline = nodes.one.read(snapshot -> Timeline.of(snapshot, "hub", null, null, 1_000));
    assertThat(timeline.events()).hasSize(1);
    assertThat(timeline.truncated()).isTrue();
    var limited = nodes.one.read(snapshot -> Timeline.of(snapshot, "hub", null, CREATED, 1));
    assertThat(limited.events()).hasSize(1);
  }

  @Test
  void aWayThroughAMemoryWithVeryManyLinksIsFound() {
    hub();
    var found = between(nodes.one, "a", "z", 3);
    assertThat(found.paths()).containsExactly(List.of("a", "hub", "z"));
    assertThat(found.truncated()).isTrue();
    assertThat(between(nodes.one, "a", "z", 2).truncated()).isFalse();
  }

  @Test
  void aMemoryWithVeryManyLinksLeavesEnoughToLookAtForTheRestOfAWay() {
    save(nodes.one, "a", "hub", "x", "y", "z");
    link(nodes.one, "a", "hub");
    nodes.one.write(transaction -> {
      var first = CREATED.minusSeconds(1);
      transaction.link(new Link("hub", "x", Relation.RELATED_TO, first, first, null, null, null));
      for (var i = 0; i < MANY; i++) transaction.link(link("hub", "gone-" + i, null));
      return true;
    });
    link(nodes.one, "x", "y");
    link(nodes.one, "y", "z");
    assertThat(between(nodes.one, "a", "z", 4).paths())
        .containsExactly(List.of("a", "hub", "x", "y", "z"));
  }

  @Test
  void amongVeryManyWaysThatLeadNowhereTheSearchEndsAndSaysSo() {
    var crowd = new String[80];
    for (var i = 0; i < crowd.length; i++) crowd[i] = "c" + i;
    save(nodes.one, "s", "x", "g", "t");
    save(nodes.one, crowd);
    link(nodes.one, "s", "x");
    link(nodes.one, "x", "g");
    link(nodes.one, "g", "t");
    nodes.one.write(transaction -> {
      for (var one : crowd) {
        // Whoever goes in there comes out at `x` only, where the way has been before.
        transaction.link(link(one, "x", null));
        for (var other : crowd) {
          if (one.compareTo(other) < 0) transaction.link(link(one, other, null));
        }
      }
      return true;
    });
    var found = between(nodes.one, "s", "t", 7);
    assertThat(found.paths()).containsExactly(List.of("s", "x", "g", "t"));
    assertThat(found.truncated()).isTrue();
  }

  @Test
  void everyLinkOfAWayOfAnyLengthIsLearned() {
    var ids = new String[9];
    for (var i = 0; i < ids.length; i++) ids[i] = "m" + i;
    save(nodes.one, ids);
    for (var i = 1; i < ids.length; i++) {
      if (i % 2 == 0) link(nodes.one, ids[i - 1], ids[i]);
      else link(nodes.one, ids[i], ids[i - 1]);
    }
    for (var length = 1; length <= 7; length++) {
      var path = between(nodes.one, "m0", "m" + length, length).paths();
      assertThat(path).as("length %d", length).containsExactly(List.of(ids).subList(0, length + 1));
      assertThat(between(nodes.one, "m0", "m" + (length + 1), length).paths()).isEmpty();
    }
  }

  @Test
  void amongVeryManyWaysTheSearchEnds() {
    var ids = new String[40];
    for (var i = 0; i < ids.length; i++) ids[i] = "m" + i;
    save(nodes.one, ids);
    nodes.one.write(transaction -> {
      for (var source : ids) {
        for (var target : ids) {
          if (source.compareTo(target) < 0) transaction.link(link(source, target, null));
        }
      }
      return true;
    });
    var found = between(nodes.one, "m0", "m39", 7);
    assertThat(found.paths()).hasSize(10).first().isEqualTo(List.of("m0", "m39"));
    assertThat(found.truncated()).isTrue();
  }

  @Test
  void memoriesThatAreOneHaveTheLinksOfAllAndEachOnce() {
    save(nodes.one, "a", "b", "c");
    nodes.other.write(transaction -> {
      transaction.save(memory("a2", "a"));
      transaction.save(memory("d", "d"));
      return true;
    });
    nodes.exchange();
    link(nodes.one, "a", "b");
    link(nodes.other, "a2", "d");
    nodes.other.write(transaction -> {
      transaction.link(link("a2", "b", null));
      return true;
    });
    nodes.exchange();
    for (var store : List.of(nodes.one, nodes.other)) {
      for (var id : List.of("a", "a2")) {
        var found = follow(store, id, 1, 10);
        assertThat(found.steps())
            .extracting(step -> step.link().targetId())
            .containsExactly("b", "d");
      }
    }
    var linking = new Linking();
    nodes.one.write(transaction ->
        linking.end(transaction, "a2", "b", Relation.RELATED_TO, CREATED.plusSeconds(9)));
    nodes.exchange();
    for (var store : List.of(nodes.one, nodes.other)) {
      var left = follow(store, "a", 1, 10).steps();
      assertThat(left).extracting(step -> step.link().targetId()).containsExactly("d");
      for (var source : List.of("a", "a2")) {
        Optional<Link> held =
            store.read(snapshot -> snapshot.links().between(source, "b", "related_to"));
        assertThat(held.orElseThrow().validUntil()).as(source).isEqualTo(CREATED.plusSeconds(9));
      }
    }
  }

  @Test
  void whoSignedALinkObservedItAndNotWhoStoredWhereItLeads() {
    save(nodes.one, "a", "b", "c");
    nodes.one.write(transaction -> {
      transaction.save(memory("b", "b").withMetadata("{\"agent_id\":\"ai:bob\"}"));
      transaction.save(memory("c", "c").withMetadata("{\"agent_id\":\"ai:bob\"}"));
      var signature = "ab".repeat(64);
      var signed =
          new Link("a", "b", Relation.RELATED_TO, CREATED, CREATED, null, "ai:ann", signature);
      transaction.link(signed);
      transaction.link(link("a", "c", null));
      return true;
    });
    assertThat(observed("ai:ann")).containsExactly("b");
    assertThat(observed("ai:bob")).containsExactly("c");
    assertThat(observed("ai:ann", "ai:bob")).containsExactly("b", "c");
  }

  private List<String> observed(String... agents) {
    var query = new Traversal.Query("a", 1, null, Set.of(agents), false, 10);
    Traversal.Found found = nodes.one.read(snapshot -> Traversal.follow(snapshot, query));
    return found.steps().stream().map(step -> step.link().targetId()).toList();
  }

  @Test
  void anEndTakesAwayTheSignatureThatSaysNothingOfIt() {
    save(nodes.one, "a", "b");
    var signed =
        new Link("a", "b", Relation.SUPERSEDES, CREATED, CREATED, null, "ai:x", "ab".repeat(64));
    nodes.one.write(transaction -> {
      transaction.link(signed);
      return true;
    });
    nodes.one.write(transaction ->
        new Linking().end(transaction, "a", "b", Relation.SUPERSEDES, CREATED.plusSeconds(1)));
    nodes.exchange();
    Optional<Link> held =
        nodes.other.read(snapshot -> snapshot.links().between("a", "b", "supersedes"));
    var link = held.orElseThrow();
    assertThat(link.signature()).isNull();
    assertThat(link.validUntil()).isEqualTo(CREATED.plusSeconds(1));
  }
}
