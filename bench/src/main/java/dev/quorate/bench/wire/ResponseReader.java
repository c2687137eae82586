package dev.quorate.bench.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Reads the responses of one connection, one after another. Status line, headers and body stay in
/// one buffer that grows to the largest response. Not thread-safe.
final class ResponseReader {
  private static final int BUFFER_BYTES_FIRST = 16 << 10;
  private static final int HEAD_BYTES_MAX = 64 << 10;
  private static final int BODY_BYTES_MAX = 256 << 20;

  private final InputStream in;
  private final Response response = new Response();
  private byte[] buffer = new byte[BUFFER_BYTES_FIRST];
  private int start;
  private int end;

  ResponseReader(InputStream in) {
    this.in = in;
  }

  /// Waits for one whole response. The answer is valid until the next call.
  Response read() throws IOException {
    // What lies behind the last response, which is next to always nothing, is where this begins.
    System.arraycopy(buffer, start, buffer, 0, end - start);
    end -= start;
    start = 0;
    var head = readHead();
    while (head.status() / 100 == 1) {
      start = head.end();
      head = readHead();
    }
    response.status = head.status();
    response.bodyStart = head.end();
    response.keepsAlive = head.keepsAlive();
    readBody(head);
    response.bytes = buffer;
    return response;
  }

  private ResponseHead readHead() throws IOException {
    var searched = start;
    while (true) {
      var headEnd = ResponseHead.endOf(buffer, searched, end);
      if (headEnd >= 0) return ResponseHead.parse(buffer, start, headEnd);
      if (end - start > HEAD_BYTES_MAX) {
        throw new MalformedResponse("the head of a response is longer than " + HEAD_BYTES_MAX);
      }
      searched = Math.max(start, end - 3);
      fill(end + 1);
    }
  }

  private void readBody(ResponseHead head) throws IOException {
    if (head.hasNoBody()) {
      response.bodyLength = 0;
      start = head.end();
    } else if (head.isChunked()) {
      readChunks(head.end());
    } else if (head.contentLength() >= 0) {
      response.bodyLength = within(head.contentLength());
      start = head.end() + response.bodyLength;
      fill(start);
    } else {
      response.keepsAlive = false;
      readToClose(head.end());
    }
  }

  /// Moves the payload of each chunk down to where the body begins, over the sizes between them.
  private void readChunks(int bodyStart) throws IOException {
    var written = bodyStart;
    var at = bodyStart;
    while (true) {
      var lineEnd = lineEnd(at);
      var size = within(ResponseHead.chunkSize(buffer, at, lineEnd) + (written - bodyStart));
      var payload = lineEnd + 2;
      var length = size - (written - bodyStart);
      if (length == 0) {
        start = behindTrailers(payload);
        response.bodyLength = written - bodyStart;
        return;
      }
      fill(payload + length + 2);
      System.arraycopy(buffer, payload, buffer, written, length);
      written += length;
      at = payload + length + 2;
    }
  }

  private int behindTrailers(int from) throws IOException {
    var at = from;
    while (true) {
      var lineEnd = lineEnd(at);
      if (lineEnd == at) return lineEnd + 2;
      at = lineEnd + 2;
    }
  }

  /// Where the line that begins here ends: the place of its CR.
  private int lineEnd(int from) throws IOException {
    for (var at = from; ; at++) {
      fill(at + 2);
      if (buffer[at] == '\r' && buffer[at + 1] == '\n') return at;
      if (at - from > HEAD_BYTES_MAX) throw new MalformedResponse("a chunk's size has no end");
    }
  }

  private void readToClose(int bodyStart) throws IOException {
    while (true) {
      reserve(end + 1);
      var count = in.read(buffer, end, buffer.length - end);
      if (count < 0) break;
      end += count;
      within(end - (long) bodyStart);
    }
    response.bodyLength = end - bodyStart;
    start = end;
  }

  private static int within(long bodyBytes) throws MalformedResponse {
    if (bodyBytes <= BODY_BYTES_MAX) return (int) bodyBytes;
    throw new MalformedResponse("a response is longer than " + BODY_BYTES_MAX + " bytes");
  }

  /// Reads until the buffer holds everything before `wanted`.
  private void fill(int wanted) throws IOException {
    reserve(wanted);
    while (end < wanted) {
      var count = in.read(buffer, end, buffer.length - end);
      if (count < 0) throw new EOFException("the server closed the connection before it answered");
      end += count;
    }
  }

  private void reserve(int wanted) {
    if (wanted > buffer.length) buffer = Arrays.copyOf(buffer, Math.max(wanted, buffer.length * 2));
  }
}
