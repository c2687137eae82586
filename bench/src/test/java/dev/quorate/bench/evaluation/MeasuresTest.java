package dev.quorate.bench.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quorate.bench.corpus.Question;
import dev.quorate.bench.corpus.QuestionKind;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuresTest {
  private static final Offset<Double> EXACT = within(1e-9);

  /// The values are computed by hand: log2(2) = 1, log2(3) = 1.584963, log2(4) = 2, log2(6) =
  /// 2.584963.
  @ParameterizedTest
  @CsvSource({
    // evidence, found, recall@1, recall@5, MRR, NDCG@5
    "a,     a b c d e,   1.0, 1.0, 1.0,          1.0",
    "a,     b c a d e,   0.0, 1.0, 0.3333333333, 0.5",
    "a,     b c d e f a, 0.0, 0.0, 0.1666666667, 0.0",
    "a,     b c d,       0.0, 0.0, 0.0,          0.0",
    "a b,   a c b,       0.5, 1.0, 1.0,          0.9197207891",
    "a b,   c d e a,     0.0, 0.5, 0.25,         0.2640681225",
    "a b c, c b a,       0.3333333333, 1.0, 1.0, 1.0",
  })
  void eachMeasureIsAsComputedByHand(
      String evidence, String found, double atOne, double atFive, double reciprocal, double gain) {
    var ranking = ranking(QuestionKind.SINGLE, evidence, "", found, 1);
    assertThat(Measures.recall(ranking, 1)).isCloseTo(atOne, EXACT);
    assertThat(Measures.recall(ranking, 5)).isCloseTo(atFive, EXACT);
    assertThat(Measures.reciprocalRank(ranking)).isCloseTo(reciprocal, EXACT);
    assertThat(Measures.normalizedGain(ranking, 5)).isCloseTo(gain, EXACT);
  }

  @Test
  void evidenceBeyondTheDepthDoesNotLowerTheIdeal() {
    var ranking = ranking(QuestionKind.SEVERAL, "a b c", "", "c a x b", 1);
    assertThat(Measures.normalizedGain(ranking, 2)).isCloseTo(1, EXACT);
  }

  @Test
  void scoresAreMeans() {
    var scores =
        Scores.of(
            List.of(
                ranking(QuestionKind.SINGLE, "a", "", "a b", 1),
                ranking(QuestionKind.SINGLE, "a", "", "b a", 1),
                ranking(QuestionKind.SINGLE, "a", "", "b c d e f a", 1),
                ranking(QuestionKind.SINGLE, "a", "", "", 0)));
    assertThat(scores.questions()).isEqualTo(4);
    assertThat(scores.recallAt1()).isCloseTo(0.25, EXACT);
    assertThat(scores.recallAt5()).isCloseTo(0.5, EXACT);
    assertThat(scores.recallAt10()).isCloseTo(0.75, EXACT);
    assertThat(scores.reciprocalRank()).isCloseTo((1 + 0.5 + 1 / 6.0) / 4, EXACT);
    // Places 2 and 6 gain 1 / log2(3) and 1 / log2(7).
    assertThat(scores.normalizedGainAt10()).isCloseTo((1 + 0.6309297536 + 0.3562071871) / 4, EXACT);
    assertThat(Scores.of(List.of())).isEqualTo(new Scores(0, 0, 0, 0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "new old, true",
    "new, true",
    "x new y old, true",
    "old new, false",
    "old, false",
    "x, false"
  })
  void theNewerMemoryMustStandBeforeTheOutdatedOne(String found, boolean expected) {
    assertThat(ranking(QuestionKind.UPDATE, "new", "old", found, 1).newerFirst())
        .isEqualTo(expected);
  }

  @Test
  void silenceIsCountedOnBothSides() {
    var without =
        List.of(
            ranking(QuestionKind.NOTHING, "", "", "", 0),
            ranking(QuestionKind.NOTHING, "", "", "x", 0.2),
            ranking(QuestionKind.NOTHING, "", "", "x", 0.5));
    var with =
        List.of(
            ranking(QuestionKind.SINGLE, "a", "", "a", 0.5),
            ranking(QuestionKind.SINGLE, "a", "", "x", 0.1));
    var silence = Silence.of(without, with, 0.5);
    assertThat(silence.rightly()).isEqualTo(2);
    assertThat(silence.withoutEvidence()).isEqualTo(3);
    assertThat(silence.wrongly()).isEqualTo(1);
    assertThat(silence.withEvidence()).isEqualTo(2);
    // Pairs with 0.5: above 0, above 0.2, equal to 0.5; with 0.1: above 0 only.
    assertThat(silence.separation()).isCloseTo((1 + 1 + 0.5 + 1 + 0 + 0) / 6, EXACT);
    assertThat(Silence.of(List.of(), with, 0.5).separation()).isZero();
  }

  @Test
  void questionsWithoutEvidenceStayOutOfTheMeans() {
    var evaluation =
        new Evaluation(
            RecallMode.KEYWORD,
            "n",
            new Loaded(0, 0, 0),
            List.of(
                ranking(QuestionKind.TIME, "a", "", "a", 1),
                ranking(QuestionKind.UPDATE, "a", "b", "b a", 1),
                ranking(QuestionKind.NOTHING, "", "", "b a", 1)));
    assertThat(evaluation.kinds()).containsExactly(QuestionKind.TIME, QuestionKind.UPDATE);
    assertThat(evaluation.overall().questions()).isEqualTo(2);
    assertThat(evaluation.overall().reciprocalRank()).isCloseTo(0.75, EXACT);
    assertThat(evaluation.scores(QuestionKind.UPDATE).reciprocalRank()).isCloseTo(0.5, EXACT);
    assertThat(evaluation.newerFirst()).isZero();
    assertThat(evaluation.updates()).isEqualTo(1);
  }

  private static Ranking ranking(
      QuestionKind kind, String evidence, String outdated, String found, double topScore) {
    var question = new Question("q", kind, "Which?", words(evidence), words(outdated));
    return new Ranking(question, words(found), topScore);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
  }
}
