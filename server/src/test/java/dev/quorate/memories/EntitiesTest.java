package dev.quorate.memories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.embedding.Model;
import dev.quorate.governance.Mode;
import dev.quorate.json.Json;
import dev.quorate.memories.Entities.Entity;
import dev.quorate.memories.Entities.Registered;
import dev.quorate.memories.Entities.Registration;
import dev.quorate.store.Store;
import dev.quorate.store.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of an entity that two nodes know of at the same time.
class EntitiesTest {
  private final Remembering remembering = new Remembering(Lifetimes.DEFAULT, Model.off());
  private final Entities entities =
      new Entities(
          new Governing(Mode.ENFORCE, remembering, new Forgetting(Lifetimes.DEFAULT), Quota.NONE));

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

  private Entity register(Store store, String... aliases) {
    var wanted = new Registration("Ada", "n", List.of(aliases), Json.object(), "ai:bob");
    var done = store.write(transaction -> entities.register(transaction, wanted)).value();
    if (done instanceof Gated.Done<Registered>(var registered)) return registered.entity();
    throw new AssertionError("held back: " + done);
  }

  private static Entity named(Store store, String name) {
    return store.read(snapshot -> Entities.named(snapshot, name, "n")).orElseThrow();
  }

  private void assertOneEverywhere(String id, String... aliases) {
    for (var store : List.of(nodes.one, nodes.other)) {
      for (var name : aliases) {
        var entity = named(store, name);
        assertThat(entity.id()).as("%s on %s", name, store.nodeId()).isEqualTo(id);
        assertThat(entity.aliases()).containsExactlyInAnyOrder(aliases);
      }
    }
  }

  @Test
  void registeredOnTwoNodesItIsOneWithTheAliasesOfBoth() {
    var here = register(nodes.one, "a", "b").id();
    var there = register(nodes.other, "b", "c").id();
    assertThat(here).isNotEqualTo(there);
    nodes.exchange();
    var one = named(nodes.one, "a").id();
    assertThat(one).isIn(here, there);
    assertOneEverywhere(one, "a", "b", "c");
    register(nodes.other, "d");
    nodes.exchange();
    assertOneEverywhere(one, "a", "b", "c", "d");
  }

  @Test
  void addedToOnTwoNodesItKeepsTheAliasesOfBoth() {
    var id = register(nodes.one, "a").id();
    nodes.exchange();
    register(nodes.one, "b");
    register(nodes.other, "c");
    nodes.exchange();
    assertOneEverywhere(id, "a", "b", "c");
  }

  @Test
  void whatWasRegisteredThereIsFoundAndAnsweredFor() {
    register(nodes.one, "a");
    nodes.exchange();
    var wanted = new Registration("Ada", "n", List.of("a"), Json.object(), "ai:cy");
    var made = nodes.other.write(transaction -> entities.register(transaction, wanted)).made();
    assertThat(made).extracting(change -> change.lane().name()).contains("CONTENT");
    var id = named(nodes.one, "a").id();
    List<Version> history = nodes.other.read(snapshot -> snapshot.history(id));
    assertThat(history).isEmpty();
  }

  private static void edit(Store store, String id, String metadata) {
    store.write(transaction -> {
      var memory = transaction.memory(id).orElseThrow().memory();
      return transaction.save(memory.withMetadata(metadata));
    });
  }

  private static boolean isKnown(Store store, String name) {
    Optional<Entity> found = store.read(snapshot -> Entities.named(snapshot, name, null));
    return found.isPresent();
  }

  @Test
  void anAliasThatAnEditTookAwayAndAMemoryThatIsNoEntityAnyMoreAreNotFound() {
    var id = register(nodes.one, "a", "b").id();
    edit(nodes.one, id, "{\"aliases\":[\"b\"],\"kind\":\"entity\"}");
    nodes.exchange();
    for (var store : List.of(nodes.one, nodes.other)) {
      assertThat(isKnown(store, "a")).as(store.nodeId()).isFalse();
      assertThat(named(store, "b").aliases()).containsExactly("b");
    }
    edit(nodes.one, id, "{\"aliases\":[\"b\"],\"kind\":\"person\"}");
    nodes.exchange();
    for (var store : List.of(nodes.one, nodes.other)) {
      assertThat(isKnown(store, "b")).as(store.nodeId()).isFalse();
      assertThat(isKnown(store, "Ada")).as(store.nodeId()).isFalse();
    }
  }
}
