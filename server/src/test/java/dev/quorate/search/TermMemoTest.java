package dev.quorate.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;
import org.junit.jupiter.api.Test;

class TermMemoTest {
  private static final int DIFFERENT_WORDS = 20_000;
  private static final int TEXTS = 400;
  private static final long SEED = 20_261_128;

  private static final List<String> ODD =
      List.of(
          "Running",
          "running",
          "RUNS",
          "Zoë's",
          "zoë’s",
          "ﬁnally",
          "naïveté",
          "Straße",
          "İstanbul",
          "日本語の文章",
          "ひらがな",
          "кошки",
          "\u0301accent",
          "e\u0301te\u0301",
          "😀party",
          "x".repeat(300),
          "pneumonoultramicroscopicsilicovolcanoconiosis");

  @Test
  void whatIsRememberedIsWhatTheFiltersMake() throws IOException {
    var random = new Random(SEED);
    var memoTokenizer = new StandardTokenizer();
    var memo = new TermMemo(memoTokenizer);
    var filterTokenizer = new StandardTokenizer();
    var filters = WordAnalyzer.terms(filterTokenizer);

    for (var i = 0; i < TEXTS; i++) {
      var text = text(random);

      assertThat(read(memoTokenizer, memo, text))
          .as("seed %d, text %d", SEED, i)
          .isEqualTo(read(filterTokenizer, filters, text));
    }
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (var i = 0; i < 150; i++) {
      var odd = random.nextInt(4) == 0;
      text.append(
              odd
                  ? ODD.get(random.nextInt(ODD.size()))
                  : "word" + random.nextInt(DIFFERENT_WORDS) + "ings")
          .append(' ');
    }
    return text.toString();
  }

  private static List<String> read(StandardTokenizer tokenizer, TokenStream stream, String text)
      throws IOException {
    tokenizer.setReader(new StringReader(text));
    var term = stream.getAttribute(CharTermAttribute.class);
    var type = stream.getAttribute(TypeAttribute.class);
    var step = stream.getAttribute(PositionIncrementAttribute.class);
    var read = new ArrayList<String>();
    stream.reset();
    while (stream.incrementToken()) {
      read.add(term + " " + type.type() + " " + step.getPositionIncrement());
    }
    stream.end();
    stream.close();
    return read;
  }
}
