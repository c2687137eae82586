package dev.quorate.http.transport;

import dev.quorate.failure.RequestFailure;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// Receives a request's body in full, up to the limit. Memory grows with what has arrived, not with
/// what was announced.
final class BodyReader {
  private static final byte[] NOTHING = new byte[0];
  private static final int FIRST_BYTES_MAX = 64 << 10;

  private final int bodyBytesMax;

  BodyReader(int bodyBytesMax) {
    this.bodyBytesMax = bodyBytesMax;
  }

  byte[] read(Exchange exchange) {
    var content = exchange.request().content();
    if (!content.hasEntity()) return NOTHING;
    var announced = exchange.request().headers().contentLength().orElse(-1);
    if (announced > bodyBytesMax) throw tooLarge(bodyBytesMax);
    try {
      return read(content.inputStream(), announced < 0 ? 1024 : (int) announced);
    } catch (RequestException e) {
      throw refusal(exchange, e.status());
    } catch (HttpException e) {
      throw refusal(exchange, e.status());
    } catch (CloseConnectionException e) {
      throw e;
    } catch (UncheckedIOException | IOException e) {
      throw new ConnectionEnded("the connection failed while the body came in");
    } catch (RuntimeException e) {
      // Helidon has many kinds for a chunk that it cannot parse.
      throw refusal(exchange, Status.BAD_REQUEST_400);
    }
  }

  static RequestFailure.TooLarge tooLarge(int bodyBytesMax) {
    return new RequestFailure.TooLarge("request body is larger than " + bodyBytesMax + " bytes");
  }

  private byte[] read(InputStream in, int expected) throws IOException {
    var body = new byte[Math.min(expected, FIRST_BYTES_MAX)];
    var length = 0;
    while (true) {
      // One more read than needed at the end: it tells Helidon that the body is consumed.
      if (length == body.length && body.length < bodyBytesMax) {
        var next = in.read();
        if (next < 0) return body;
        body = Arrays.copyOf(body, (int) Math.min(bodyBytesMax, Math.max(1024, body.length * 2L)));
        body[length++] = (byte) next;
        continue;
      }
      if (length == body.length) {
        if (in.read() < 0) return body;
        throw tooLarge(bodyBytesMax);
      }
      var count = in.read(body, length, body.length - length);
      if (count < 0) return length == body.length ? body : Arrays.copyOf(body, length);
      length += count;
    }
  }

  /// What follows a broken or an overlong chunk cannot be told from the next request, so an
  /// HTTP/1.1 connection ends with it. An HTTP/2 stream whose body is malformed has been reset.
  private RuntimeException refusal(Exchange exchange, Status status) {
    exchange.endConnection();
    if (status.code() == Status.REQUEST_ENTITY_TOO_LARGE_413.code()) return tooLarge(bodyBytesMax);
    return exchange.guard().isMultiplexed()
        ? new ConnectionEnded("the stream was reset")
        : new RequestFailure.Invalid("malformed request body");
  }
}
