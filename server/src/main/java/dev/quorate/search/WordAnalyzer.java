package dev.quorate.search;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/// How [PlainText] becomes terms: words by the rules of Unicode, lower case, without accents, with
/// English endings taken off. An ideograph is a word of its own.
final class WordAnalyzer extends Analyzer {
  /// So that no phrase reaches from the title into a tag, or from there into the content.
  private static final int GAP = 100;

  @Override
  protected TokenStreamComponents createComponents(String fieldName) {
    var tokenizer = new StandardTokenizer();
    return new TokenStreamComponents(tokenizer, new TermMemo(tokenizer));
  }

  /// The terms of these words, one each.
  static TokenStream terms(TokenStream words) {
    TokenStream terms = new EnglishPossessiveFilter(words);
    terms = new LowerCaseFilter(terms);
    terms = new ASCIIFoldingFilter(terms);
    return new KStemFilter(terms);
  }

  @Override
  public int getPositionIncrementGap(String fieldName) {
    return GAP;
  }
}
