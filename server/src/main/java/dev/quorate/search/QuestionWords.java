package dev.quorate.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The words that make a question of something and say nothing about what is asked. A memory that
/// shares only these with a question has nothing to do with it.
final class QuestionWords {
  private static final String ENGLISH =
      """
      a about all am an and any are as at be been being but by can could did do does doing for from
      had has have having he her hers him his how i if in into is it its me my of on or our ours she
      should so some than that the their them then there these they this those to us was we were
      what when where which who whom whose why will with would you your yours
      """;

  private static final Set<Word> WORDS = read();

  private QuestionWords() {}

  /// The words without these, unless there are no others.
  static List<Word> leftOut(List<Word> words) {
    var telling = words.stream().filter(word -> !WORDS.contains(word)).toList();
    return telling.isEmpty() ? words : telling;
  }

  private static Set<Word> read() {
    try {
      var reader = new WordReader();
      var words = ENGLISH.lines().toList();
      return words.stream()
          .flatMap(line -> List.of(line.split(" ")).stream())
          .map(word -> only(reader, word))
          .collect(Collectors.toUnmodifiableSet());
    } catch (UncheckedIOException e) {
      throw new IllegalStateException("text in memory cannot fail to be read", e);
    }
  }

  private static Word only(WordReader reader, String text) {
    try {
      return reader.read(text).getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
