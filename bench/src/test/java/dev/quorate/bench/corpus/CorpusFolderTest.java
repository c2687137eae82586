package dev.quorate.bench.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.bench.probe.CannotRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorpusFolderTest {
  private static final String MEMORY =
      "{\"key\":\"a\",\"title\":\"A\",\"content\":\"x\",\"created_at\":\"2025-01-02T03:04:05Z\"}";
  private static final String QUESTION =
      "{\"id\":\"q\",\"kind\":\"single\",\"text\":\"Which?\",\"evidence\":[\"a\"]}";

  @TempDir private Path folder;

  @Test
  void aMemoryMayNameAllOrOnlyWhatItMust() throws IOException {
    write("memories.jsonl", MEMORY, "", full());
    write("questions.jsonl", QUESTION);
    var at = Instant.parse("2025-01-02T03:04:05Z");
    assertThat(CorpusFolder.read(folder).memories())
        .containsExactly(
            new CorpusMemory("a", "global", "A", "x", List.of(), "long", 5, at),
            new CorpusMemory("b", "n", "B", "y", List.of("t", "u"), "mid", 9, at));
  }

  @Test
  void aTurnIsNamedAfterItsSession() throws IOException {
    write(
        "memories-talk.jsonl",
        "{\"session\":\"s\",\"turn\":2,\"speaker\":\"Kim\",\"text\":\"Hello.\",\"created_at\":\"2025-01-02T03:04:05Z\"}");
    write("questions.jsonl", QUESTION.replace("\"a\"", "\"s#2\""));
    var memory = CorpusFolder.read(folder).memories().getFirst();
    assertThat(memory.key()).isEqualTo("s#2");
    assertThat(memory.title()).isEqualTo("s, turn 2");
    assertThat(memory.content()).isEqualTo("Kim: Hello.");
  }

  @Test
  void onlyFilesOfMemoriesAndQuestionsAreRead() throws IOException {
    write("memories.jsonl", MEMORY);
    write("questions.jsonl", QUESTION);
    write("notes.jsonl", "no JSON");
    write("memories.txt", "no JSON");
    assertThat(CorpusFolder.read(folder).questions())
        .containsExactly(new Question("q", QuestionKind.SINGLE, "Which?", List.of("a"), List.of()));
  }

  @Test
  void theDigestFollowsTheMemoriesAndNotTheQuestions() throws IOException {
    write("memories.jsonl", MEMORY);
    write("questions.jsonl", QUESTION);
    var digest = CorpusFolder.read(folder).digest();
    write("questions.jsonl", QUESTION.replace("Which", "What"));
    assertThat(CorpusFolder.read(folder).digest()).isEqualTo(digest).hasSize(8);
    write("memories.jsonl", MEMORY.replace("\"x\"", "\"z\""));
    assertThat(CorpusFolder.read(folder).digest()).isNotEqualTo(digest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "key":"a"          | "key":7          | memories.jsonl line 1: key must be a text that is not blank
          "key":"a",         |                  | memories.jsonl line 1: key is missing
          "content":"x"      | "content":" "    | memories.jsonl line 1: content must be a text that is not blank
          05Z                | 05               | memories.jsonl line 1: created_at must be a time like 2025-03-11T07:15:00Z: 2025-01-02T03:04:05
          "title":"A"        | "title":"A","priority":11 | memories.jsonl line 1: priority must be 1..10: 11
          "title":"A"        | "title":"A","tags":"t" | memories.jsonl line 1: tags must be a list of texts
          "title":"A"        | "title":"A","tags":[1] | memories.jsonl line 1: tags must hold texts only
          "title":"A"        | "title":"A","session":"s" | memories.jsonl line 1: turn is missing
          """)
  void aBadMemoryIsNamedWithItsPlace(String part, String replacement, String sentence)
      throws IOException {
    write("memories.jsonl", MEMORY.replace(part, replacement == null ? "" : replacement));
    write("questions.jsonl", QUESTION);
    refused(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "single"           | "hard"           | questions.jsonl line 1: kind must be one of single, paraphrase, several, time, update, nothing: hard
          ["a"]              | ["c"]            | question q names a memory that is not there: c
          ["a"]              | ["a","a"]        | question q names a twice
          ["a"]              | []               | question q of kind single must have some evidence
          "single"           | "nothing"        | question q of kind nothing must have no evidence
          "single"           | "update"         | question q of kind update must name an outdated memory
          ["a"]              | ["a"],"outdated":["b"] | question q of kind single must name no outdated memory
          """)
  void aBadQuestionIsNamed(String part, String replacement, String sentence) throws IOException {
    write("memories.jsonl", MEMORY, full());
    write("questions.jsonl", QUESTION.replace(part, replacement));
    refused(sentence);
  }

  @Test
  void whatIsThereTwiceIsRefused() throws IOException {
    write("questions.jsonl", QUESTION, QUESTION);
    write("memories.jsonl", MEMORY);
    refused("two questions have the id q");
    write("memories.jsonl", MEMORY, MEMORY.replace("\"a\"", "\"c\""));
    refused("two memories have the title A");
    write("memories.jsonl", MEMORY, MEMORY);
    refused("two memories have the key a");
  }

  @Test
  void aFolderWithoutACorpusIsRefused() throws IOException {
    refused("the corpus %s has no memories".formatted(folder.getFileName()));
    write("memories.jsonl", MEMORY);
    refused("the corpus %s has no questions".formatted(folder.getFileName()));
    var missing = folder.resolve("missing");
    assertThatThrownBy(() -> CorpusFolder.read(missing))
        .isInstanceOf(CannotRun.class)
        .hasMessage("the corpus is no folder that can be read: " + missing);
  }

  @Test
  void aLineMustBeAnObject() throws IOException {
    write("memories.jsonl", MEMORY, "[1]");
    refused("memories.jsonl line 2 is no JSON object");
    Files.write(folder.resolve("memories.jsonl"), new byte[] {(byte) 0xff, '\n'});
    refused(folder.resolve("memories.jsonl") + " is not in UTF-8");
  }

  private static String full() {
    return "{\"key\":\"b\",\"title\":\"B\",\"content\":\"y\",\"created_at\":\"2025-01-02T03:04:05Z\","
        + "\"namespace\":\"n\",\"tags\":[\"t\",\"u\"],\"tier\":\"mid\",\"priority\":9}";
  }

  private void refused(String sentence) {
    assertThatThrownBy(() -> CorpusFolder.read(folder))
        .isInstanceOf(CannotRun.class)
        .hasMessage(sentence);
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), List.of(lines));
  }
}
