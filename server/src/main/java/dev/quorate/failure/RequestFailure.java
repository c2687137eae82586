package dev.quorate.failure;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// A request that was not carried out. The message is one sentence for the caller: what, which
/// value, which limit. Edges map the subtypes in one exhaustive `switch` each.
public abstract sealed class RequestFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, Object> details;

  private RequestFailure(String sentence, Map<String, Object> details) {
    // A failed request is an expected outcome: its stack trace would cost more than the request.
    super(sentence, null, false, false);
    this.details = Map.copyOf(details);
  }

  /// Extra members of the answer beside the sentence; the values are strings, numbers, booleans,
  /// lists or maps of them.
  public Map<String, Object> details() {
    return details;
  }

  /// Whether the write surely did not happen.
  public boolean definite() {
    return true;
  }

  /// The request breaks a rule that stands in the documentation.
  public static final class Invalid extends RequestFailure {
    private static final long serialVersionUID = 1L;

    public Invalid(String sentence) {
      super(sentence, Map.of());
    }

    public Invalid(String sentence, Map<String, Object> details) {
      super(sentence, details);
    }
  }

  /// The caller did not prove who it is.
  public static final class Unauthorised extends RequestFailure {
    private static final long serialVersionUID = 1L;

    public Unauthorised(String sentence) {
      super(sentence, Map.of());
    }
  }

  /// The caller is known and may not do this.
  public static final class Forbidden extends RequestFailure {
    private static final long serialVersionUID = 1L;

    public Forbidden(String sentence) {
      super(sentence, Map.of());
    }
  }

  /// What the request names is not here.
  public static final class NotFound extends RequestFailure {
    private static final long serialVersionUID = 1L;

    public NotFound(String sentence) {
      super(sentence, Map.of());
    }

    public NotFound(String sentence, Map<String, Object> details) {
      super(sentence, details);
    }
  }

  /// The route exists, but not for this method.
  public static final class MethodNotAllowed extends RequestFailure {
    private static final long serialVersionUID = 1L;

    public MethodNotAllowed(String sentence) {
      super(sentence, Map.of());
    }
  }

  /// What the request wants stands against what is stored.
  public static final class Conflict extends RequestFailure {
    private static final long serialVersionUID = 1L;

    public Conflict(String sentence, Map<String, Object> details) {
      super(sentence, details);
    }
  }

  /// The caller's condition (`if_version`, `If-Match`) does not hold.
  public static final class PreconditionFailed extends RequestFailure {
    private static final long serialVersionUID = 1L;

    public PreconditionFailed(String sentence, Map<String, Object> details) {
      super(sentence, details);
    }
  }

  /// The body is larger than the limit.
  public static final class TooLarge extends RequestFailure {
    private static final long serialVersionUID = 1L;

    public TooLarge(String sentence) {
      super(sentence, Map.of());
    }
  }

  /// The body's content type is not one that the route takes.
  public static final class UnsupportedMedia extends RequestFailure {
    private static final long serialVersionUID = 1L;

    public UnsupportedMedia(String sentence) {
      super(sentence, Map.of());
    }
  }

  /// The body is well-formed JSON of the wrong shape, or an idempotency key was used for another
  /// body.
  public static final class Unprocessable extends RequestFailure {
    private static final long serialVersionUID = 1L;

    public Unprocessable(String sentence) {
      super(sentence, Map.of());
    }

    public Unprocessable(String sentence, Map<String, Object> details) {
      super(sentence, details);
    }
  }

  /// An agent has stored as much as it may; nothing was done.
  public static final class QuotaExceeded extends RequestFailure {
    private static final long serialVersionUID = 1L;

    private final String limit;
    private final transient Instant resetAt;
    private final transient Duration wait;

    /// @param limit the name of the limit that is reached
    /// @param current how much of it is used
    /// @param resetAt when counting begins anew
    /// @param wait how long that is from now
    public QuotaExceeded(
        String sentence,
        String limit,
        long current,
        long max,
        String agentId,
        Instant resetAt,
        Duration wait) {
      super(
          sentence,
          Map.of(
              "code",
              "QUOTA_EXCEEDED",
              "limit",
              limit,
              "current",
              current,
              "max",
              max,
              "agent_id",
              agentId));
      this.limit = limit;
      this.resetAt = resetAt;
      this.wait = wait;
    }

    public String limit() {
      return limit;
    }

    public Instant resetAt() {
      return resetAt;
    }

    public Duration untilReset() {
      return wait;
    }
  }

  /// A bounded queue is full; nothing was done, and the same request may succeed soon.
  public static final class Overloaded extends RequestFailure {
    private static final long serialVersionUID = 1L;

    public Overloaded(String sentence) {
      super(sentence, Map.of());
    }
  }

  /// This node lacks something that the reader knows of; it may have it soon, and another node may
  /// have it now.
  public static final class Behind extends RequestFailure {
    private static final long serialVersionUID = 1L;

    public Behind(String sentence) {
      super(sentence, Map.of());
    }
  }

  /// What this request needs is not to be had on this node, by its settings or for now.
  public static final class Unavailable extends RequestFailure {
    private static final long serialVersionUID = 1L;

    public Unavailable(String sentence) {
      super(sentence, Map.of());
    }
  }

  /// The disk refused the write (full, read-only, failing); nothing of it was kept.
  public static final class StorageRefused extends RequestFailure {
    private static final long serialVersionUID = 1L;

    public StorageRefused(String sentence) {
      super(sentence, Map.of());
    }
  }

  /// The request ran out of time; a write may have happened.
  public static final class TimedOut extends RequestFailure {
    private static final long serialVersionUID = 1L;

    public TimedOut(String sentence) {
      super(sentence, Map.of());
    }

    @Override
    public boolean definite() {
      return false;
    }
  }
}
