package dev.quorate.bench.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.bench.evaluation.CorpusStores;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.memory.FullMemories;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The corpus that comes with the program. That keys are unique and evidence exists is checked by
/// [Corpus] itself.
class OurCorpusTest {
  private static final Map<QuestionKind, Integer> QUESTIONS_MIN =
      Map.of(
          QuestionKind.SINGLE, 30,
          QuestionKind.PARAPHRASE, 30,
          QuestionKind.SEVERAL, 25,
          QuestionKind.TIME, 25,
          QuestionKind.UPDATE, 25,
          QuestionKind.NOTHING, 20);

  /// Words of four letters or more that carry no content.
  private static final Set<String> STOP_WORDS =
      Set.of(
          ("about after again another because been before being between both could does doing done down during each"
                  + " else ever every first from have having here into just last least less like made"
                  + " make many more most much must need never next once only other over same should"
                  + " some still such than that their them then there these they thing things this"
                  + " those through under until upon very want wants went were what when where which"
                  + " while whom whose will with without would your yours")
              .split(" "));

  private static final int WORD_LENGTH_MIN = 4;

  private final Corpus corpus = CorpusFolder.ours();

  private final Map<String, CorpusMemory> byKey =
      corpus.memories().stream().collect(Collectors.toMap(CorpusMemory::key, memory -> memory));

  @Test
  void itIsLargeEnoughToMeasureBy() {
    var counts = new EnumMap<QuestionKind, Integer>(QuestionKind.class);
    for (var question : corpus.questions()) counts.merge(question.kind(), 1, Integer::sum);
    assertThat(corpus.memories()).hasSizeGreaterThanOrEqualTo(330);
    assertThat(corpus.questions()).hasSizeGreaterThanOrEqualTo(170);
    QUESTIONS_MIN.forEach((kind, min) ->
        assertThat(counts.getOrDefault(kind, 0)).as(kind.label()).isGreaterThanOrEqualTo(min));
  }

  @Test
  void aParaphraseSharesNoContentWordWithItsEvidence() {
    for (var question : corpus.questions()) {
      if (question.kind() != QuestionKind.PARAPHRASE) continue;
      for (var key : question.evidence()) {
        var memory = memory(key);
        var shared = words(question.text());
        shared.retainAll(
            words(memory.title() + " " + memory.content() + " " + String.join(" ", memory.tags())));
        assertThat(shared).as("%s and %s", question.id(), key).isEmpty();
      }
    }
  }

  @Test
  void aQuestionAboutSeveralFactsNeedsSeveralMemories() {
    assertThat(corpus.questions())
        .filteredOn(question -> question.kind() == QuestionKind.SEVERAL)
        .allSatisfy(question -> assertThat(question.evidence()).hasSizeGreaterThan(1));
  }

  @Test
  void anUpdateIsNewerThanWhatItSupersedes() {
    for (var question : corpus.questions()) {
      for (var older : question.outdated()) {
        for (var newer : question.evidence()) {
          assertThat(memory(newer).createdAt())
              .as("%s: %s", question.id(), newer)
              .isAfter(memory(older).createdAt());
        }
      }
    }
  }

  @Test
  void noTwoQuestionsAreTheSame() {
    assertThat(corpus.questions().stream().map(Question::text)).doesNotHaveDuplicates();
  }

  @Test
  void noTwoMemoriesSayTheSame() {
    assertThat(corpus.memories().stream().map(CorpusMemory::content)).doesNotHaveDuplicates();
  }

  @Test
  void everyMemoryIsOneThatTheServerTakes() {
    for (var row : CorpusStores.rows(corpus)) {
      var taken = FullMemories.memory(Fields.of(row, Strictness.FRAMEWORK)).memory();
      assertThat(taken.title()).isEqualTo(row.path("title").asString());
      assertThat(taken.content()).isEqualTo(row.path("content").asString());
    }
  }

  @Test
  void contentsAreOfManyLengthsAndOfOneYear() {
    assertThat(corpus.memories())
        .allSatisfy(memory -> {
          assertThat(memory.content()).hasSizeBetween(20, 600);
          assertThat(Year.from(memory.createdAt().atOffset(ZoneOffset.UTC)))
              .isEqualTo(Year.of(2025));
        });
    assertThat(share(0, 100)).isBetween(0.05, 0.4);
    assertThat(share(200, 600)).isBetween(0.05, 0.4);
  }

  private double share(int lengthMin, int lengthMax) {
    return corpus.memories().stream()
        .mapToInt(memory -> memory.content().length())
        .mapToDouble(length -> length >= lengthMin && length <= lengthMax ? 1 : 0)
        .average()
        .orElseThrow();
  }

  private CorpusMemory memory(String key) {
    return byKey.computeIfAbsent(
        key,
        unknown -> {
          throw new AssertionError(unknown);
        });
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
        .filter(word -> word.length() >= WORD_LENGTH_MIN && !STOP_WORDS.contains(word))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
