package dev.quorate.http.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// TLS on one connection, between its socket and whoever reads and writes what is inside.
///
/// It lies above the socket that the [Watchdog] closes, so a client that stalls a handshake or does
/// not read is cut off like any other. One thread reads, any number write. Renegotiation is
/// refused.
final class TlsLink {
  private static final int RECORD_BYTES = 16 << 10;

  private final SSLEngine engine;
  private final HelidonSocket socketIn;
  private final DataWriter socketOut;
  private final ReentrantLock wrapping = new ReentrantLock();
  private ByteBuffer received = ByteBuffer.allocate(0);
  private ByteBuffer plain;
  private ByteBuffer wrapped;
  private volatile boolean isEstablished;

  TlsLink(SSLEngine engine, HelidonSocket socketIn, DataWriter socketOut) {
    this.engine = engine;
    this.socketIn = socketIn;
    this.socketOut = socketOut;
    this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    this.wrapped = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
  }

  /// The next bytes, at least one; null once the client has closed its side. The first call shakes
  /// hands.
  byte @Nullable [] read() {
    try {
      while (true) {
        plain.clear();
        var result = engine.unwrap(received, plain);
        switch (result.getStatus()) {
          case OK -> {
            settle(result);
            if (result.bytesProduced() > 0) return taken();
          }
          case BUFFER_UNDERFLOW -> {
            if (!receive()) return null;
          }
          case BUFFER_OVERFLOW ->
              plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
          case CLOSED -> {
            return null;
          }
        }
      }
    } catch (SSLException e) {
      close();
      throw new ConnectionEnded("the client broke TLS: " + e.getMessage());
    }
  }

  void write(BufferData data) {
    wrapping.lock();
    try {
      while (!data.consumed()) {
        var record = new byte[Math.min(RECORD_BYTES, data.available())];
        var length = data.read(record);
        wrapAll(ByteBuffer.wrap(record, 0, length));
      }
    } catch (SSLException e) {
      throw new ConnectionEnded("an answer could not be encrypted: " + e.getMessage());
    } finally {
      wrapping.unlock();
    }
  }

  /// Tells the client that nothing more will come, or why; once. What goes wrong with it is of no
  /// interest any more.
  void close() {
    wrapping.lock();
    try {
      engine.closeOutbound();
      while (!engine.isOutboundDone() && wrapOnce(ByteBuffer.allocate(0)).bytesProduced() > 0) {
        // Each turn sends one record.
      }
    } catch (SSLException | RuntimeException _) {
      // The client is gone, or does not listen.
    } finally {
      wrapping.unlock();
    }
  }

  /// Whether the handshake is over, so that bytes can be written.
  boolean isEstablished() {
    return isEstablished;
  }

  /// SHA-256 of the certificate that the client has shown, in hexadecimal; empty if it has none.
  Optional<String> clientCertificate() {
    try {
      var certificate = engine.getSession().getPeerCertificates()[0].getEncoded();
      var digest = MessageDigest.getInstance("SHA-256").digest(certificate);
      return Optional.of(HexFormat.of().formatHex(digest));
    } catch (SSLPeerUnverifiedException _) {
      return Optional.empty();
    } catch (CertificateEncodingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("a certificate that was received cannot be hashed", e);
    }
  }

  private byte[] taken() {
    plain.flip();
    var bytes = new byte[plain.remaining()];
    plain.get(bytes);
    return bytes;
  }

  private boolean receive() {
    var more = socketIn.get();
    if (more == null) return false;
    var joined = ByteBuffer.allocate(received.remaining() + more.length);
    received = joined.put(received).put(more).flip();
    return true;
  }

  /// Does what the engine asks for after it has read something.
  private void settle(SSLEngineResult result) throws SSLException {
    var status = result.getHandshakeStatus();
    while (true) {
      switch (status) {
        case NEED_TASK -> {
          for (var task = engine.getDelegatedTask(); task != null; ) {
            task.run();
            task = engine.getDelegatedTask();
          }
          status = engine.getHandshakeStatus();
        }
        case NEED_WRAP -> {
          if (isEstablished && isOldTls()) throw new SSLException("renegotiation is refused");
          wrapping.lock();
          try {
            status = wrapOnce(ByteBuffer.allocate(0)).getHandshakeStatus();
          } finally {
            wrapping.unlock();
          }
        }
        case FINISHED -> {
          isEstablished = true;
          status = engine.getHandshakeStatus();
        }
        case NOT_HANDSHAKING, NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          return;
        }
      }
    }
  }

  /// TLS 1.3 has no renegotiation; what it wraps later on are new keys.
  private boolean isOldTls() {
    return engine.getSession().getProtocol().equals("TLSv1.2") && !engine.isInboundDone();
  }

  private void wrapAll(ByteBuffer data) throws SSLException {
    while (data.hasRemaining()) {
      var result = wrapOnce(data);
      if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
        throw new ConnectionEnded("the connection was closed before all was written");
      }
      if (result.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP
          && result.bytesConsumed() == 0) {
        throw new SSLException("renegotiation is refused");
      }
    }
  }

  private SSLEngineResult wrapOnce(ByteBuffer data) throws SSLException {
    while (true) {
      wrapped.clear();
      var result = engine.wrap(data, wrapped);
      if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
        wrapped = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        continue;
      }
      wrapped.flip();
      if (wrapped.hasRemaining()) {
        var bytes = new byte[wrapped.remaining()];
        wrapped.get(bytes);
        socketOut.writeNow(BufferData.create(bytes));
      }
      return result;
    }
  }
}
