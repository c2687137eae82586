package dev.quorate.embedding;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/// Collects the body of one answer up to a size. Of a longer one no more is taken, and it ends in
/// [TooLong]; the library's own limit ends in a failure like that of a broken connection.
final class BoundedBody implements BodySubscriber<byte[]> {
  private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
  private final int status;
  private @Nullable Subscription subscription;
  private long left;

  /// @param status of the answer
  BoundedBody(int status, long bytesMax) {
    this.status = status;
    this.left = bytesMax;
  }

  /// The body was longer than it may be.
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    private TooLong(int status) {
      super("the answer is too long");
      this.status = status;
    }

    /// That of the answer, which stands whatever is in its body.
    int status() {
      return status;
    }
  }

  @Override
  public void onSubscribe(Subscription own) {
    subscription = own;
    whole.onSubscribe(own);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    // What was on its way when no more was wanted.
    if (left < 0) return;
    for (var buffer : buffers) left -= buffer.remaining();
    if (left >= 0) {
      whole.onNext(buffers);
      return;
    }
    whole.onError(new TooLong(status));
    if (subscription != null) subscription.cancel();
  }

  @Override
  public void onError(Throwable failure) {
    whole.onError(failure);
  }

  @Override
  public void onComplete() {
    whole.onComplete();
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole.getBody();
  }
}
