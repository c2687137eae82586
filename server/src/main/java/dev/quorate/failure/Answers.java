package dev.quorate.failure;

import dev.quorate.failure.RequestFailure.TimedOut;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// How a caller waits for an answer of another thread.
public final class Answers {
  private Answers() {}

  /// The answer, or what was thrown instead of it, as if it had been thrown here.
  ///
  /// @throws TimedOut when the caller is interrupted meanwhile
  public static <T> T await(Future<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new TimedOut("request timed out");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
