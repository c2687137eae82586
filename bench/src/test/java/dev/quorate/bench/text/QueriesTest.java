package dev.quorate.bench.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueriesTest {
  private final Vocabulary vocabulary = new Vocabulary();

  @Test
  void aQueryIsMadeOfWordsThatMemoriesAreMadeOf() {
    var words = new HashSet<String>();
    IntStream.range(0, Vocabulary.SIZE).mapToObj(vocabulary::word).forEach(words::add);
    var queries = new Queries(vocabulary, 1, 3, 0);
    for (var number = 0; number < 200; number++) {
      assertThat(query(queries, number).split(" ")).hasSize(3).allMatch(words::contains);
    }
  }

  @Test
  void theSameSeedAndNumberGiveTheSameQuery() {
    var queries = new Queries(vocabulary, 1, 5, 0);
    assertThat(query(new Queries(vocabulary, 1, 5, 0), 9)).isEqualTo(query(queries, 9));
    assertThat(query(new Queries(vocabulary, 2, 5, 0), 9)).isNotEqualTo(query(queries, 9));
  }

  @Test
  void aBoundedSetOfQueriesIsDrawnByZipfsLaw() {
    var queries = new Queries(vocabulary, 1, 4, 50);
    var counts = new HashMap<String, Integer>();
    for (var number = 0; number < 5_000; number++) {
      counts.merge(query(queries, number), 1, Integer::sum);
    }
    assertThat(counts).hasSizeLessThanOrEqualTo(50).hasSizeGreaterThan(40);
    assertThat(Collections.max(counts.values())).isGreaterThan(900);
  }

  private static String query(Queries queries, long number) {
    var text = new Ascii(16);
    queries.append(number, " ", text);
    return text.toString();
  }
}
