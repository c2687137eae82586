package dev.quorate.search;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/// Reads the words of a query (api.md 3). Users' text meets no query parser: what looks like an
/// operator separates or is dropped. Costly to make and reusable; not thread-safe.
final class WordReader {
  /// How much of a text is looked at, in characters: more than 64 long words.
  private static final int TEXT_MAX = 16_384;

  private static final Set<String> OPERATORS = Set.of("AND", "OR", "NOT", "NEAR");
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

  private final StandardTokenizer tokenizer = new StandardTokenizer();
  private final TokenStream stream = WordAnalyzer.terms(tokenizer);
  private final CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
  private final TypeAttribute type = stream.addAttribute(TypeAttribute.class);

  /// The words, each once, up to the last term that counts.
  List<Word> read(String text) throws IOException {
    var words = new LinkedHashSet<Word>();
    var terms = new HashSet<String>();
    for (var token : SPACES.split(text.substring(0, Math.min(text.length(), TEXT_MAX)), -1)) {
      if (terms.size() == SearchQuery.TERMS_MAX) break;
      var plain = PlainText.of(token);
      if (OPERATORS.contains(plain.strip())) continue;
      var word = word(plain, terms);
      if (!word.terms().isEmpty()) words.add(word);
    }
    return List.copyOf(words);
  }

  /// @param known the different terms of the words before, to which this one's are added
  private Word word(String plain, Set<String> known) throws IOException {
    var found = new ArrayList<String>();
    var ideographic = false;
    tokenizer.setReader(new StringReader(plain));
    stream.reset();
    while (known.size() < SearchQuery.TERMS_MAX && stream.incrementToken()) {
      var text = term.toString();
      known.add(text);
      found.add(text);
      ideographic |= ideographic(type.type());
    }
    stream.close();
    return new Word(List.copyOf(found), ideographic);
  }

  private static boolean ideographic(String type) {
    return type.equals(StandardTokenizer.TOKEN_TYPES[StandardTokenizer.IDEOGRAPHIC])
        || type.equals(StandardTokenizer.TOKEN_TYPES[StandardTokenizer.HIRAGANA]);
  }
}
