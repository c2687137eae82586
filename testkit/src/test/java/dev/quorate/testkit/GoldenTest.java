package dev.quorate.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.merge.ContentRegister;
import dev.quorate.wire.Arrival;
import dev.quorate.wire.Arrival.Stamped;
import dev.quorate.wire.EncodedItem;
import dev.quorate.wire.Held;
import dev.quorate.wire.Item;
import dev.quorate.wire.Place;
import dev.quorate.wire.Plain;
import dev.quorate.wire.Plain.Approval;
import dev.quorate.wire.Plain.PlainPending;
import dev.quorate.wire.PullPage;
import dev.quorate.wire.PullRequest;
import dev.quorate.wire.PushAnswer;
import dev.quorate.wire.PushAnswer.Counters;
import dev.quorate.wire.PushAnswer.Report;
import dev.quorate.wire.PushBody;
import dev.quorate.wire.SincePage;
import dev.quorate.wire.Skip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The bytes between nodes are those of the golden files. A change here is a change of the
/// protocol: it needs a new version, or a reason why nodes that run today do not mind.
class GoldenTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final List<Held> HELD =
      List.of(new Held("host:a-1f2e", "5f0e8b0c", 57), new Held("host:b-77aa", "c0ffee00", 4));

  /// A file without the line feed at its end.
  private static byte[] golden(String name) {
    try (var in = GoldenTest.class.getResourceAsStream("golden/" + name + ".json")) {
      var text = new String(requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
      return text.stripTrailing().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertIs(byte[] written, String name) {
    assertThat(new String(written, StandardCharsets.UTF_8))
        .isEqualTo(new String(golden(name), StandardCharsets.UTF_8));
  }

  static Stream<String> cases() {
    return GoldenCases.all().keySet().stream();
  }

  private static List<Item> items(String name) {
    return requireNonNull(GoldenCases.all().get(name));
  }

  private static List<EncodedItem> encoded(String name) {
    return items(name).stream()
        .map(item -> EncodedItem.of(item, GoldenCases.SENDER, GoldenCases.EPOCH))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aPushIsWrittenAsItsGoldenFile(String name) {
    var written = PushBody.write(GoldenCases.SENDER, GoldenCases.FRAME, encoded(name));
    assertIs(written, "push/" + name);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aPushIsReadFromItsGoldenFile(String name) {
    var received = PushBody.read(golden("push/" + name));
    assertThat(received.frame()).isEqualTo(GoldenCases.FRAME);
    assertThat(received.arrivals().stream().map(one -> ((Stamped) one).item()).toList())
        .containsExactlyInAnyOrderElementsOf(items(name));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aPushToAnAiMemoryNodeIsItsGoldenFile(String name) {
    var items = encoded(name);
    var written = PushBody.writePlain(GoldenCases.SENDER, items);
    assertIs(written, "ai-memory/" + name);
    assertThat(PushBody.read(written).arrivals())
        .hasSize((int) items.stream().filter(EncodedItem::isPlain).count())
        .allMatch(arrival -> arrival instanceof Plain);
  }

  @Test
  void whatAnAiMemoryNodeSendsIsRead() {
    var received = PushBody.read(golden("ai-memory/as-it-sends"));
    assertThat(received.sender()).isEqualTo("host:a");
    assertThat(received.frame()).isNull();
    assertThat(received.arrivals()).allMatch(arrival -> arrival instanceof Plain);
    assertThat(received.arrivals().stream().map(Arrival::list).toList())
        .containsExactly(
            "memories",
            "deletions",
            "archives",
            "restores",
            "links",
            "pendings",
            "pending_decisions",
            "namespace_meta",
            "namespace_meta_clears",
            "embeddings");
    assertThat(received.arrivals())
        .filteredOn(arrival -> arrival instanceof PlainPending)
        .singleElement()
        .isEqualTo(
            new PlainPending(
                0,
                "p1",
                "store",
                null,
                "secure/ops",
                "{\"title\":\"hello\"}",
                "alice",
                NOON,
                "approved",
                "bob",
                NOON,
                List.of(new Approval("carol", NOON))));
  }

  @Test
  void anAnswerIsItsGoldenFile() {
    var answer =
        new PushAnswer(
            new Counters(1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0),
            false,
            "host:b-77aa",
            Map.of("host:a-1f2e", "2026-06-01T12:00:00.250500000+00:00"),
            null,
            new Report(
                1,
                List.of(1),
                "host:b-77aa",
                "c0ffee00",
                List.of(new Place("deletions", 0)),
                List.of(new Skip("memories", 1, "title cannot be empty"))));
    assertIs(answer.write(), "answer");
    assertThat(PushAnswer.read(golden("answer"))).contains(answer);
  }

  @Test
  void anAnswerToAnAiMemoryNodeIsItsGoldenFile() {
    var answer =
        new PushAnswer(
            new Counters(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            false,
            "host:b-77aa",
            Map.of(),
            null,
            null);
    assertIs(answer.write(), "ai-memory/answer");
    assertThat(PushAnswer.read(golden("ai-memory/answer"))).contains(answer);
  }

  @Test
  void aPullIsItsGoldenFile() {
    var request =
        new PullRequest(
            1,
            "host:b-77aa",
            "c0ffee00",
            "2026-06-01T12:00:01.000000000+00:00",
            "5f0e8b0c",
            12,
            500,
            HELD);
    assertIs(request.write(), "pull-request");
    assertThat(PullRequest.read(golden("pull-request"))).isEqualTo(request);
    var items = encoded("store-of-another");
    assertIs(PullPage.write(GoldenCases.FRAME, HELD, items), "pull-page");
    var page = PullPage.read(golden("pull-page"));
    assertThat(page.held()).isEqualTo(HELD);
    assertThat(page.arrivals()).hasSize(1);
    var arrival = (Stamped) page.arrivals().getFirst();
    assertThat(arrival.place()).isEqualTo(new Place("memories", 0));
    assertThat(arrival.item()).isEqualTo(items("store-of-another").getFirst());
  }

  @Test
  void aPullOfAnAiMemoryNodeIsItsGoldenFile() {
    var content = (ContentRegister) items("store").getFirst().register();
    var written = SincePage.write(500, null, List.of(content), 0, 0, "scoped");
    assertIs(written, "ai-memory/since");
    assertThat(SincePage.read(golden("ai-memory/since")).arrivals())
        .hasSize(1)
        .allMatch(arrival -> arrival instanceof Plain.PlainMemory);
  }
}
