package dev.quorate.bench.wire;

/// The part of a response before its body: `end` is where the body begins, `contentLength` is -1
/// where none was given.
record ResponseHead(
    int status, int end, long contentLength, boolean isChunked, boolean keepsAlive) {
  private static final int STATUS_LINE_MIN = "HTTP/1.1 200".length();

  /// Where the body begins, or -1 while the blank line has not arrived.
  static int endOf(byte[] buffer, int from, int to) {
    for (var at = from; at + 3 < to; at++) {
      if (buffer[at] == '\r'
          && buffer[at + 1] == '\n'
          && buffer[at + 2] == '\r'
          && buffer[at + 3] == '\n') {
        return at + 4;
      }
    }
    return -1;
  }

  static ResponseHead parse(byte[] buffer, int start, int end) throws MalformedResponse {
    if (end - start < STATUS_LINE_MIN || !startsWith(buffer, start, "http/1.")) {
      throw new MalformedResponse("the answer is not HTTP/1.1");
    }
    var status = (int) number(buffer, start + 9, start + 12, 10);
    var keepsAlive = buffer[start + 7] != '0';
    var contentLength = -1L;
    var isChunked = false;
    var at = behindLine(buffer, start);
    while (at < end - 2) {
      var next = behindLine(buffer, at);
      if (startsWith(buffer, at, "content-length:")) {
        contentLength = number(buffer, at + 15, next - 2, 10);
      } else if (startsWith(buffer, at, "transfer-encoding:")) {
        isChunked = value(buffer, at + 18, next - 2).endsWith("chunked");
      } else if (startsWith(buffer, at, "connection:")) {
        keepsAlive = !value(buffer, at + 11, next - 2).equals("close");
      }
      at = next;
    }
    return new ResponseHead(status, end, contentLength, isChunked, keepsAlive);
  }

  /// The size at the beginning of a chunk, without what may follow a semicolon.
  static long chunkSize(byte[] buffer, int from, int to) throws MalformedResponse {
    var end = from;
    while (end < to && buffer[end] != ';') end++;
    return number(buffer, from, end, 16);
  }

  boolean hasNoBody() {
    return status == 204 || status == 304;
  }

  private static int behindLine(byte[] buffer, int from) {
    var at = from;
    while (buffer[at] != '\r' || buffer[at + 1] != '\n') at++;
    return at + 2;
  }

  /// Whether a text stands here in either case; `text` is in lower case.
  private static boolean startsWith(byte[] buffer, int at, String text) {
    if (at + text.length() > buffer.length) return false;
    for (var i = 0; i < text.length(); i++) {
      if (lower(buffer[at + i]) != text.charAt(i)) return false;
    }
    return true;
  }

  private static String value(byte[] buffer, int from, int to) {
    var text = new StringBuilder(to - from);
    for (var at = from; at < to; at++) text.append((char) lower(buffer[at]));
    return text.toString().strip();
  }

  private static int lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
  }

  private static long number(byte[] buffer, int from, int to, int radix) throws MalformedResponse {
    var number = 0L;
    var digits = 0;
    for (var at = from; at < to; at++) {
      if (buffer[at] == ' ' || buffer[at] == '\t') continue;
      var digit = Character.digit(buffer[at], radix);
      if (digit < 0 || ++digits > 12) {
        throw new MalformedResponse("not a number: " + value(buffer, from, to));
      }
      number = number * radix + digit;
    }
    if (digits == 0) throw new MalformedResponse("a number is missing in the head of a response");
    return number;
  }
}
