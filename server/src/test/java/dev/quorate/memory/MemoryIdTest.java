package dev.quorate.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MemoryIdTest {
  private static final long NOW = 1_790_000_000_000L;

  @Test
  void isAUuidOfVersion4() {
    var id = UUID.fromString(MemoryId.fresh(NOW));
    assertThat(id.version()).isEqualTo(4);
    assertThat(id.variant()).isEqualTo(2);
  }

  @Test
  void idsOfOneMomentStandTogetherAndAreDifferent() {
    var ids = new HashSet<String>();
    for (var i = 0; i < 1_000; i++) ids.add(MemoryId.fresh(NOW));
    assertThat(ids).hasSize(1_000);
    assertThat(ids.stream().map(MemoryIdTest::prefix).distinct()).hasSize(1);
    assertThat(ids.stream().map(id -> id.substring(4, 8)).distinct()).hasSizeGreaterThan(900);
  }

  @Test
  void momentsAreFarApart() {
    // An hour of them: no prefix twice, and neighbours in no order.
    var prefixes =
        LongStream.range(0, 56_250)
            .mapToObj(moment -> prefix(MemoryId.fresh(NOW + moment * 64)))
            .toList();
    assertThat(prefixes).doesNotHaveDuplicates();
    var first = prefixes.subList(0, 100).stream().map(prefix -> prefix.substring(0, 1)).distinct();
    assertThat(first).hasSize(16);
  }

  @Test
  void aMomentIsOf64Milliseconds() {
    assertThat(prefix(MemoryId.fresh(63))).isEqualTo(prefix(MemoryId.fresh(0)));
    assertThat(prefix(MemoryId.fresh(64))).isNotEqualTo(prefix(MemoryId.fresh(0)));
    assertThat(prefix(MemoryId.fresh(-1))).isNotEqualTo(prefix(MemoryId.fresh(0)));
    assertThat(prefix(MemoryId.fresh(-64))).isEqualTo(prefix(MemoryId.fresh(-1)));
  }

  private static String prefix(String id) {
    return id.substring(0, 4);
  }
}
