package dev.quorate.http.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/// Writes to the socket in slices, each under a deadline of its own: a client that reads slowly may
/// take long for a large answer, one that does not read is cut off.
final class GuardedWriter implements DataWriter {
  private static final int SLICE_BYTES = 64 << 10;

  private final Guard guard;
  private final DataWriter socket;

  GuardedWriter(Guard guard, DataWriter socket) {
    this.guard = guard;
    this.socket = socket;
  }

  @Override
  public void write(BufferData... buffers) {
    writeNow(BufferData.create(buffers));
  }

  @Override
  public void write(BufferData buffer) {
    writeNow(buffer);
  }

  @Override
  public void writeNow(BufferData... buffers) {
    writeNow(BufferData.create(buffers));
  }

  @Override
  public void writeNow(BufferData buffer) {
    if (buffer.available() <= SLICE_BYTES) {
      writeSlice(buffer);
      return;
    }
    while (!buffer.consumed()) {
      var slice = new byte[Math.min(SLICE_BYTES, buffer.available())];
      writeSlice(BufferData.create(slice, 0, buffer.read(slice)));
    }
  }

  private void writeSlice(BufferData slice) {
    guard.writeBegins();
    try {
      socket.writeNow(slice);
    } finally {
      guard.writeEnds();
    }
  }
}
