package dev.quorate.bench.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  private final Vocabulary vocabulary = new Vocabulary();

  @Test
  void theWordsAreDistinctLowerCaseAndNoOperators() {
    var words = IntStream.range(0, Vocabulary.SIZE).mapToObj(vocabulary::word).toList();
    assertThat(words).doesNotHaveDuplicates().hasSize(Vocabulary.SIZE);
    assertThat(words).allMatch(word -> word.matches("[a-z]{2,20}"));
    assertThat(words).doesNotContain("and", "or", "not", "near");
  }

  @Test
  void theListIsAlwaysTheSame() {
    var other = new Vocabulary();
    assertThat(IntStream.range(0, Vocabulary.SIZE))
        .allMatch(rank -> vocabulary.word(rank).equals(other.word(rank)));
  }

  @Test
  void frequentWordsAreShort() {
    var head = IntStream.range(0, 100).map(rank -> vocabulary.word(rank).length()).average();
    var tail = IntStream.range(19_900, 20_000).map(r -> vocabulary.word(r).length()).average();
    assertThat(head.orElseThrow()).isLessThan(tail.orElseThrow() / 2);
  }
}
