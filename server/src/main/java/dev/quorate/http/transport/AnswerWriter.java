package dev.quorate.http.transport;

import dev.quorate.failure.RequestFailure;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.http.http2.Http2Exception;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.io.OutputStream;

/// Puts an answer on the wire.
final class AnswerWriter {
  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, Response.JSON);

  private AnswerWriter() {}

  /// Sends the answer; on return it has left for the client's machine, or it is known that it
  /// cannot.
  static void write(Exchange exchange, Response answer) {
    var out = exchange.response();
    writeHead(exchange, answer, out);
    var isHead = exchange.request().prologue().method().text().equals("HEAD");
    var writer = answer.writer();
    if (writer == null) {
      if (isHead) {
        sendLength(out, answer.bytes().length);
      } else {
        out.send(answer.bytes());
      }
    } else {
      stream(exchange, out, writer, isHead, answer.isEndless());
    }
  }

  private static void writeHead(Exchange exchange, Response answer, RoutingResponse out) {
    out.status(Status.create(answer.status()));
    var contentType = answer.contentType();
    if (contentType != null) {
      out.header(
          contentType.equals(Response.JSON)
              ? JSON
              : HeaderValues.create(HeaderNames.CONTENT_TYPE, contentType));
    }
    answer.headers().forEach((name, value) -> out.header(HeaderNames.create(name), value));
    if (exchange.endsConnection()) out.header(HeaderValues.CONNECTION_CLOSE);
  }

  private static void stream(
      Exchange exchange,
      RoutingResponse out,
      Response.Writer writer,
      boolean isHead,
      boolean endless) {
    try {
      if (isHead && endless) {
        out.send();
        return;
      }
      if (isHead) {
        var counter = new Counter();
        writer.write(counter);
        sendLength(out, counter.bytes);
        return;
      }
      var stream = out.outputStream();
      writer.write(endless ? new ListenerStream(stream) : stream);
      stream.close();
      out.commit();
    } catch (CloseConnectionException e) {
      throw e;
    } catch (Http2Exception e) {
      throw new ConnectionEnded("the client did not accept the answer");
    } catch (IOException | RuntimeException fault) {
      var answer =
          fault instanceof RequestFailure failure
              ? Refusals.of(failure)
              : Faults.answer(exchange, fault);
      if (!out.reset()) throw new ConnectionEnded("the answer broke off");
      write(exchange, answer);
    }
  }

  private static void sendLength(RoutingResponse out, long bytes) {
    out.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, Long.toString(bytes)));
    out.send();
  }

  /// How long a body would be, for an answer to `HEAD`.
  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] b, int offset, int length) {
      bytes += length;
    }
  }
}
