package dev.quorate.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.MemoryKind;
import dev.quorate.memory.Tier;
import dev.quorate.search.SearchQuery.Mode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterTest {
  @TempDir Path directory;
  private Library library;

  @BeforeEach
  void open() {
    library = new Library(directory);
  }

  @AfterEach
  void close() {
    library.close();
  }

  @Test
  void withoutAFilterEveryNamespaceIsSearched() {
    library.with(Sketch.of("a").namespace("x"), Sketch.of("b").namespace("y/z"));
    assertThat(found(Filter.NONE)).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aNamespaceIsExact() {
    library.with(
        Sketch.of("above").namespace("ops"),
        Sketch.of("there").namespace("ops/web"),
        Sketch.of("below").namespace("ops/web/eu"),
        Sketch.of("beside").namespace("ops/website"));
    assertThat(found(Filter.in("ops/web"))).containsExactly("there");
  }

  @Test
  void ancestorsAreSearchedTooAndRankBelow() {
    library.with(
        Sketch.of("top").namespace("ops"),
        Sketch.of("middle").namespace("ops/web"),
        Sketch.of("there").namespace("ops/web/eu"),
        Sketch.of("below").namespace("ops/web/eu/1"),
        Sketch.of("beside").namespace("op"));
    assertThat(found(Filters.inOrAbove("ops/web/eu"))).containsExactly("there", "middle", "top");
  }

  @Test
  void aFlatNamespaceHasNoAncestors() {
    library.with(Sketch.of("a").namespace("ops-web"), Sketch.of("b").namespace("ops"));
    assertThat(found(Filters.inOrAbove("ops-web"))).containsExactly("a");
  }

  @Test
  void aTierIsExact() {
    library.with(
        Sketch.of("short").tier(Tier.SHORT),
        Sketch.of("mid").tier(Tier.MID),
        Sketch.of("long").tier(Tier.LONG));
    for (var tier : Tier.values()) {
      assertThat(found(Filters.tier(tier))).containsExactly(tier.text());
    }
  }

  @Test
  void aLeastPriorityIsInclusive() {
    library.with(
        Sketch.of("3").priority(3), Sketch.of("4").priority(4), Sketch.of("10").priority(10));
    assertThat(found(Filters.minPriority(4))).containsExactlyInAnyOrder("4", "10");
    assertThat(found(Filters.minPriority(1))).hasSize(3);
  }

  @Test
  void aTagIsOneExactTag() {
    library.with(
        Sketch.of("one").tags("deploy", "web"),
        Sketch.of("longer").tags("deployment"),
        Sketch.of("spaced").tags("deploy web"),
        Sketch.of("capital").tags("Deploy"));
    assertThat(found(Filters.tag("deploy"))).containsExactly("one");
    assertThat(found(Filters.tag("deploy web"))).containsExactly("spaced");
    assertThat(found(Filters.tag("dep"))).isEmpty();
  }

  @Test
  void creationTimesAreInclusiveToTheNanosecond() {
    library.with(
        Sketch.of("before").createdAt(Sketch.CREATED.minusNanos(1)),
        Sketch.of("at").createdAt(Sketch.CREATED),
        Sketch.of("after").createdAt(Sketch.CREATED.plusNanos(1)));
    assertThat(found(Filters.created(Sketch.CREATED, null)))
        .containsExactlyInAnyOrder("at", "after");
    assertThat(found(Filters.created(null, Sketch.CREATED)))
        .containsExactlyInAnyOrder("before", "at");
    assertThat(found(Filters.created(Sketch.CREATED, Sketch.CREATED))).containsExactly("at");
  }

  @Test
  void anAgentIsExact() {
    library.with(Sketch.of("alice").agent("ai:alice"), Sketch.of("bob").agent("ai:bob"));
    library.with(Sketch.of("nobody"));
    assertThat(found(Filters.agent("ai:bob"))).containsExactly("bob");
    assertThat(found(Filters.agent("ai:"))).isEmpty();
  }

  @Test
  void anyOfTheKindsWillDo() {
    library.with(
        Sketch.of("claim").kind(MemoryKind.CLAIM),
        Sketch.of("event").kind(MemoryKind.EVENT),
        Sketch.of("plain"));
    assertThat(found(Filters.kinds(MemoryKind.CLAIM, MemoryKind.EVENT)))
        .containsExactlyInAnyOrder("claim", "event");
    assertThat(found(Filters.kinds(MemoryKind.PERSONA))).isEmpty();
    assertThat(found(Filters.kinds(MemoryKind.values()))).hasSize(3);
  }

  @Test
  void citationsCanBeAskedFor() {
    library.with(Sketch.of("cited").cited(), Sketch.of("plain"));
    assertThat(found(Filters.cited())).containsExactly("cited");
  }

  @Test
  void aSourceUriIsFoundByItsBeginning() {
    library.with(
        Sketch.of("one").sourceUri("uri:https://x/y?a=b*c"),
        Sketch.of("two").sourceUri("doc:x"),
        Sketch.of("none"));
    assertThat(found(Filters.sourceUriPrefix("uri:https://x/y?a=b*"))).containsExactly("one");
    assertThat(found(Filters.sourceUriPrefix("doc:x"))).containsExactly("two");
    assertThat(found(Filters.sourceUriPrefix("doc:xy"))).isEmpty();
  }

  @Test
  void anEndlessSourceUriIsFoundToo() {
    var uri = "uri:" + "ä".repeat(40_000);
    library.with(Sketch.of("endless").sourceUri(uri));
    assertThat(found(Filters.sourceUriPrefix(uri))).containsExactly("endless");
  }

  @Test
  void filtersHoldTogether() {
    library.with(
        Sketch.of("both").namespace("n").priority(9),
        Sketch.of("elsewhere").namespace("m").priority(9),
        Sketch.of("unimportant").namespace("n").priority(2));
    var filter =
        new Filter(
            "n",
            false,
            Tier.MID,
            5,
            null,
            Sketch.CREATED,
            Sketch.CREATED,
            null,
            "n",
            Set.of(MemoryKind.OBSERVATION),
            false,
            null);
    for (var mode : Mode.values()) {
      assertThat(library.find("content", mode, filter)).containsExactly("both");
    }
  }

  private List<String> found(Filter filter) {
    var all = library.find("content", Mode.ALL, filter);
    assertThat(library.find("content nowhere", Mode.ANY, filter)).isEqualTo(all);
    return all;
  }
}
