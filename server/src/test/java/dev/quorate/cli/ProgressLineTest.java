package dev.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final FakeTerminal terminal = new FakeTerminal();

  @Test
  void aFileGetsALineEveryFiveSeconds() {
    var progress = new ProgressLine(terminal.terminal(), nanos::get);
    progress.at(10);
    pass(4.9);
    progress.at(100);
    assertThat(terminal.err()).isEmpty();
    pass(0.1);
    progress.at(200);
    pass(1);
    progress.at(300);
    pass(4);
    progress.at(1_000);
    progress.interrupt();
    assertThat(terminal.err())
        .isEqualTo("quorate: 200 rows sent, 40 a second\nquorate: 1000 rows sent, 100 a second\n");
  }

  @Test
  void aPersonGetsOneLineThatChanges() {
    var progress = new ProgressLine(terminal.interactive().terminal(), nanos::get);
    pass(1);
    progress.at(10);
    progress.at(11);
    pass(1);
    progress.at(40);
    progress.interrupt();
    progress.interrupt();
    assertThat(terminal.err())
        .isEqualTo(
            "\r\u001b[K10 rows sent, 10 a second\r\u001b[K40 rows sent, 20 a second\r\u001b[K");
  }

  private void pass(double seconds) {
    nanos.addAndGet((long) (seconds * 1e9));
  }
}
