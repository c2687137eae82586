package dev.quorate.http.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/// Writes through TLS.
final class TlsWriter implements DataWriter {
  private final TlsLink link;

  TlsWriter(TlsLink link) {
    this.link = link;
  }

  @Override
  public void write(BufferData... buffers) {
    link.write(BufferData.create(buffers));
  }

  @Override
  public void write(BufferData buffer) {
    link.write(buffer);
  }

  @Override
  public void writeNow(BufferData... buffers) {
    link.write(BufferData.create(buffers));
  }

  @Override
  public void writeNow(BufferData buffer) {
    link.write(buffer);
  }
}
