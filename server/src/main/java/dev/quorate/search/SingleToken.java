package dev.quorate.search;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// A stream of the one token it was given last. Not thread-safe.
final class SingleToken extends TokenStream {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private char[] text = new char[0];
  private int length;
  private boolean given;

  void give(char[] buffer, int bufferLength) {
    text = buffer;
    length = bufferLength;
    given = true;
  }

  @Override
  public boolean incrementToken() {
    if (!given) return false;
    clearAttributes();
    term.copyBuffer(text, 0, length);
    given = false;
    return true;
  }
}
