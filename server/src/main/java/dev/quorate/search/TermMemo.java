package dev.quorate.search;

import java.io.IOException;
import org.apache.lucene.analysis.CharArrayMap;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// Makes terms of words as [WordAnalyzer#terms] does, and remembers what it made: text repeats its
/// words, and looking one up costs a fraction of folding and stemming it. Relies on the filters in
/// between making one term of each word by its characters alone. Not thread-safe.
final class TermMemo extends TokenFilter {
  /// When full, all is forgotten: the words in use are soon back. About a megabyte.
  private static final int WORDS_MAX = 8_192;

  /// Longer words seldom come again.
  private static final int LENGTH_MAX = 24;

  private static final boolean IGNORE_CASE = false;

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final SingleToken word = new SingleToken();
  private final TokenStream filters = WordAnalyzer.terms(word);
  private final CharTermAttribute made = filters.addAttribute(CharTermAttribute.class);
  private final CharArrayMap<char[]> known = new CharArrayMap<>(WORDS_MAX, IGNORE_CASE);

  TermMemo(TokenStream words) {
    super(words);
  }

  @Override
  public boolean incrementToken() throws IOException {
    if (!input.incrementToken()) return false;
    var length = term.length();
    var remembered = length > LENGTH_MAX ? null : known.get(term.buffer(), 0, length);
    if (remembered != null) {
      term.copyBuffer(remembered, 0, remembered.length);
      return true;
    }
    word.give(term.buffer(), length);
    if (!filters.incrementToken()) throw new IOException("a filter dropped a word");
    if (length <= LENGTH_MAX) remember(term.toString());
    term.copyBuffer(made.buffer(), 0, made.length());
    return true;
  }

  private void remember(String text) {
    if (known.size() >= WORDS_MAX) known.clear();
    known.put(text, made.toString().toCharArray());
  }
}
