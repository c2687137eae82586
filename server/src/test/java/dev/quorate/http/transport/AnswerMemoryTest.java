package dev.quorate.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.RequestFailure.Overloaded;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class AnswerMemoryTest {
  private static final long HEAP = 256L << 20;
  private static final int KIBIBYTES = 64 << 10;
  private static final int PAGE = 2 << 20;

  private final AnswerMemory memory = new AnswerMemory(HEAP);

  @Test
  void whatIsTakenIsGivenBackInTwoSteps() {
    try (var room = memory.room()) {
      room.take(PAGE);
      assertThat(memory.freeKibibytes()).isEqualTo(KIBIBYTES - 5 * 2_048);
      room.made(PAGE, true);
      assertThat(memory.freeKibibytes()).isEqualTo(KIBIBYTES - 3 * 2_048);
    }
    assertThat(memory.freeKibibytes()).isEqualTo(KIBIBYTES);
  }

  @Test
  void whatDoesNotFitIsRefusedAndTakesNothing() {
    var rooms = new ArrayList<AnswerMemory.Room>();
    for (var i = 0; i < 6; i++) {
      rooms.add(memory.room());
      rooms.getLast().take(PAGE);
    }
    var left = memory.freeKibibytes();
    try (var seventh = memory.room()) {
      assertThatThrownBy(() -> seventh.take(PAGE))
          .isInstanceOf(Overloaded.class)
          .hasMessage("too many large answers at a time; ask for less, or again");
      seventh.take(1_000);
    }
    assertThat(memory.freeKibibytes()).isEqualTo(left);
    rooms.forEach(AnswerMemory.Room::close);
    assertThat(memory.freeKibibytes()).isEqualTo(KIBIBYTES);
  }

  @Test
  void whoReadsForARequestThatIsOverTakesNothing() {
    var room = memory.room();
    room.close();
    assertThatThrownBy(() -> room.take(PAGE)).isInstanceOf(Overloaded.class);
    assertThat(memory.freeKibibytes()).isEqualTo(KIBIBYTES);
  }

  @Test
  void whatWasNotAnnouncedIsCountedWhenItIsMadeAndRefusedOnlyWhereNothingWasDone() {
    try (var first = memory.room();
        var second = memory.room();
        var third = memory.room()) {
      first.made(10 * PAGE, true);
      assertThat(memory.freeKibibytes()).isEqualTo(KIBIBYTES - 30 * 2_048);
      assertThatThrownBy(() -> second.made(PAGE, true)).isInstanceOf(Overloaded.class);
      third.made(PAGE, false);
      assertThat(memory.freeKibibytes()).isEqualTo(KIBIBYTES - 30 * 2_048);
    }
    assertThat(memory.freeKibibytes()).isEqualTo(KIBIBYTES);
  }

  @Test
  void thoughTheHeapIsSmallOnePageFits() {
    var small = new AnswerMemory(16L << 20);
    try (var room = small.room()) {
      room.take(3L << 20);
      assertThat(small.freeKibibytes()).isNotNegative();
    }
  }
}
