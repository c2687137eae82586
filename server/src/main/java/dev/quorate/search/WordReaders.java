package dev.quorate.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Word readers to use again: every request has a thread of its own, so that keeping one for each
/// thread would be to make one for each request. Thread-safe.
final class WordReaders {
  private static final int KEPT_MAX = 16;

  private final BlockingQueue<WordReader> idle = new ArrayBlockingQueue<>(KEPT_MAX);

  /// The words of a query.
  List<Word> read(String text) {
    var kept = idle.poll();
    var reader = kept == null ? new WordReader() : kept;
    try {
      var words = reader.read(text);
      // One that more are idle than are kept is left to the collector; so is one that failed.
      var _ = idle.offer(reader);
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory cannot fail to be read", e);
    }
  }
}
