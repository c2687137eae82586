package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.time.Timestamps;
import dev.quorate.wire.Frame;
import dev.quorate.wire.Protocol;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ArrivingTest {
  private final AtomicLong now = new AtomicLong();
  private final Arriving arriving = new Arriving(now::get);

  @Test
  void whoHasMoreToBringIsWaitedForUntilAllIsHere() {
    arriving.came(push("n2", true));
    assertThat(arriving.underway()).isFalse();
    arriving.came(push("n2", false));
    arriving.came(push("n3", true));
    assertThat(arriving.underway()).isTrue();
    arriving.came(push("n2", true));
    assertThat(arriving.underway()).isFalse();
  }

  @Test
  void whoFallsSilentIsNotWaitedFor() {
    arriving.came(push("n2", false));
    now.set(3_000);
    assertThat(arriving.underway()).isTrue();
    now.set(3_001);
    assertThat(arriving.underway()).isFalse();
  }

  @Test
  void whoNeverComesToAnEndIsWaitedForAMinute() {
    for (var at = 0; at < 60_000; at += 1_000) {
      now.set(at);
      arriving.came(push("n2", false));
      assertThat(arriving.underway()).isTrue();
    }
    now.set(60_000);
    arriving.came(push("n2", false));
    assertThat(arriving.underway()).isFalse();
  }

  @Test
  void whoBeginsAgainAfterASilenceIsWaitedForAgain() {
    arriving.came(push("n2", false));
    now.set(70_000);
    arriving.came(push("n2", false));
    assertThat(arriving.underway()).isTrue();
  }

  private static Frame push(String node, boolean complete) {
    var sentAt = Timestamps.render(Instant.EPOCH);
    return new Frame(Protocol.VERSION, node, "e1", 0, 1, complete, sentAt);
  }
}
