package dev.quorate.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  @EachSeed
  void whatIsRenderedIsParsedBackAndSortsAsTimeDoes(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var one = AnyMemory.instant(chance);
          var other = AnyMemory.instant(chance);
          var text = Timestamps.render(one);
          assertThat(Timestamps.parse(text)).contains(one);
          assertThat(Integer.signum(text.compareTo(Timestamps.render(other))))
              .isEqualTo(Integer.signum(one.compareTo(other)));
        });
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05Z,                2026-01-02T03:04:05.000000000+00:00",
    "2026-01-02t03:04:05z,                2026-01-02T03:04:05.000000000+00:00",
    "2026-01-02T03:04:05.5Z,              2026-01-02T03:04:05.500000000+00:00",
    "2026-01-02T03:04:05.123456789+00:00, 2026-01-02T03:04:05.123456789+00:00",
    "2026-01-02T03:04:05-00:00,           2026-01-02T03:04:05.000000000+00:00",
    "2026-01-02T03:04:05+05:30,           2026-01-01T21:34:05.000000000+00:00",
    "2025-12-31T23:59:59-01:00,           2026-01-01T00:59:59.000000000+00:00",
    "2024-02-29T00:00:00Z,                2024-02-29T00:00:00.000000000+00:00",
    "0000-01-01T00:00:00Z,                0000-01-01T00:00:00.000000000+00:00",
    "9999-12-31T23:59:59.999999999Z,      9999-12-31T23:59:59.999999999+00:00",
    "1969-12-31T23:59:59.999999999Z,      1969-12-31T23:59:59.999999999+00:00",
  })
  void anRfc3339TimeWithAnyOffsetIsRead(String text, String rendered) {
    assertThat(Timestamps.parse(text).map(Timestamps::render)).contains(rendered);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "2026-01-02",
        "2026-01-02T03:04:05",
        "2026-01-02 03:04:05Z",
        "2026-01-02T03:04Z",
        "2026-1-2T03:04:05Z",
        "2026-01-02T3:04:05Z",
        "2026-01-02T03:04:05.Z",
        "2026-01-02T03:04:05.1234567890Z",
        "2026-01-02T03:04:05,5Z",
        "2026-01-02T03:04:05+0530",
        "2026-01-02T03:04:05+05",
        "2026-01-02T03:04:05+05:60",
        "2026-01-02T03:04:05+25:00",
        "2026-01-02T24:00:00Z",
        "2026-01-02T23:60:00Z",
        "2026-01-02T23:59:60Z",
        "2026-00-02T03:04:05Z",
        "2026-13-02T03:04:05Z",
        "2026-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "+2026-01-02T03:04:05Z",
        "-0001-01-02T03:04:05Z",
        "12026-01-02T03:04:05Z",
        "0000-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        " 2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05Z ",
        "2026-01-02T03:04:05Z\n",
        "２０２６-01-02T03:04:05Z",
        "now",
      })
  void anythingElseIsRefused(String text) {
    assertThat(Timestamps.parse(text)).isEmpty();
  }
}
