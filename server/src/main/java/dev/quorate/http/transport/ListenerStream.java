package dev.quorate.http.transport;

import java.io.IOException;
import java.io.OutputStream;

/// The way to a client that listens for as long as it likes: that it is gone or does not read ends
/// the connection, and nothing is wrong.
final class ListenerStream extends OutputStream {
  private final OutputStream out;

  ListenerStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    tell(() -> out.write(bytes, offset, length));
  }

  @Override
  public void flush() {
    tell(out::flush);
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void tell(Step step) {
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      throw new ConnectionEnded("the listener is gone, or did not read");
    }
  }
}
