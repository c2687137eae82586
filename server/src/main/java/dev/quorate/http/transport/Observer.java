package dev.quorate.http.transport;

import org.jspecify.annotations.Nullable;

/// Told of every answer, for metrics. Called on the request's thread, so it must not block.
@FunctionalInterface
public interface Observer {
  /// Called once for each answer.
  ///
  /// @param route null where no route was reached: an unknown path, a wrong method, a missing key,
  ///   a request that is not HTTP
  /// @param nanos from the end of the request's headers to the end of the answer; 0 for what was
  ///   refused before it was a request
  void served(@Nullable Route route, int status, long nanos);

  /// Ignores everything.
  static Observer none() {
    return (_, _, _) -> {};
  }
}
