package dev.quorate.memories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memories.Touches.Noted;
import org.junit.jupiter.api.Test;

class NotedTest {
  @Test
  void whatTheStoreCountsAlreadyIsNotCountedTwice() {
    // Of seven touches, five were written down to a count of five, and two came since.
    var noted = new Noted(7, 1, 5, 10);
    assertThat(noted.lackedBy(5)).isEqualTo(7);
    assertThat(noted.lackedBy(10)).isEqualTo(2);
  }

  @Test
  void whatIsNotBeingWrittenIsAllLacking() {
    assertThat(new Noted(3, 1, 0, 0).lackedBy(100)).isEqualTo(3);
  }
}
