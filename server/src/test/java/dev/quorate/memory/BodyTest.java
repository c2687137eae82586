package dev.quorate.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.json.Json;
import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class BodyTest {
  @EachSeed
  void whatIsWrittenIsReadBackTheSame(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var memory = AnyMemory.wild(chance);
          assertThat(Body.read(Body.write(memory))).isEqualTo(memory);
        });
  }

  @EachSeed
  void writingAgainWhatWasReadGivesTheSameBytes(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var body = Body.write(AnyMemory.wild(chance));
          assertThat(Body.write(Body.read(body))).isEqualTo(body);
        });
  }

  @EachSeed
  void aBodyIsOneObjectWithSortedKeysAndNoNulls(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var body = Json.parse(Body.write(AnyMemory.wild(chance)));
          var keys = new ArrayList<String>();
          body.propertyNames().forEach(keys::add);
          assertThat(keys).isSorted().doesNotHaveDuplicates();
          assertThat(keys).noneMatch(key -> body.get(key).isNull());
        });
  }

  @Test
  void aBodyLooksLikeThis() {
    var memory =
        AnyMemory.plain("m1", "a \"title\"", "line\n", Instant.parse("2026-01-02T03:04:05Z"));
    assertThat(Body.write(memory))
        .isEqualTo(
            """
            {"citations":[],"confidence":1.0,"confidence_source":"caller_provided",\
            "content":"line\\n","created_at":"2026-01-02T03:04:05.000000000+00:00","id":"m1",\
            "memory_kind":"observation","metadata":{},"namespace":"global","priority":5,\
            "reflection_depth":0,"source":"api","tags":[],"tier":"mid","title":"a \\"title\\"",\
            "version":1}\
            """);
  }

  @EachSeed
  void aLinkIsReadBackTheSame(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var link =
              new Link(
                  "a" + chance.text(10),
                  "b" + chance.text(10),
                  chance.oneOf(Relation.values()),
                  AnyMemory.instant(chance),
                  chance.percent(50) ? AnyMemory.instant(chance) : null,
                  chance.percent(50) ? AnyMemory.instant(chance) : null,
                  chance.percent(50) ? chance.text(10) : null,
                  chance.percent(50) ? "ab".repeat(64) : null);
          assertThat(LinkBody.read(LinkBody.write(link))).isEqualTo(link);
        });
  }
}
