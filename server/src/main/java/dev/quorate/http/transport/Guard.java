package dev.quorate.http.transport;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// One connection and the deadlines that it is held to.
///
/// The connection's own threads write down what they wait for and until when; the [Watchdog] reads
/// it. Whoever moves the phase to `CLOSED` closes the socket, which ends any read or write that is
/// blocked on it.
final class Guard {
  /// What the connection is waiting for.
  enum Phase {
    /// The first byte of an HTTP/1.1 request.
    IDLE,
    /// The rest of a request's headers.
    RECEIVING,
    /// An exchange, which has deadlines of its own.
    SERVING,
    /// Frames of HTTP/2: any number of exchanges at once.
    MULTIPLEXED,
    /// The client to read the last answer and go, while what it still sends is thrown away.
    LINGERING,
    CLOSED
  }

  private static final long NEVER = Long.MAX_VALUE;
  private static final long LINGER_MILLIS = 1_000;
  private static final long LINGER_BYTES_MAX = 16 << 20;

  private final Watchdog watchdog;
  private final HttpLimits limits;
  private final HelidonSocket socket;
  private final @Nullable TlsLink tls;
  private final DataReader reader = DataReader.create(this::read);
  private final DataWriter writer;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);
  private final Set<Exchange> streams = ConcurrentHashMap.newKeySet();
  private final long requestBytesMax;
  private volatile @Nullable Exchange current;
  private volatile long deadline;
  private volatile long writeDeadline = NEVER;
  private volatile boolean speaksHttp1;
  private volatile boolean isMultiplexed;
  private volatile @Nullable CountDownLatch farewell;
  private long requestBytes;
  private boolean leftUnread;

  /// @param tls what to speak TLS by; absent to speak plainly
  Guard(Watchdog watchdog, HelidonSocket socket, DataWriter writer, @Nullable SSLEngine tls) {
    this.watchdog = watchdog;
    this.limits = watchdog.limits();
    this.socket = socket;
    var guarded = new GuardedWriter(this, writer);
    this.tls = tls == null ? null : new TlsLink(tls, socket, guarded);
    this.writer = this.tls == null ? guarded : new TlsWriter(this.tls);
    // Whoever begins to shake hands is about to send a request.
    this.deadline = watchdog.in(tls == null ? limits.idleMillis() : limits.receiveMillis());
    // Room for a body in chunks of one byte, and for nothing that has no end.
    this.requestBytesMax =
        limits.requestLineBytesMax() + limits.headerBytesMax() + 8L * limits.bodyBytesMax();
  }

  DataReader reader() {
    return reader;
  }

  DataWriter writer() {
    return writer;
  }

  boolean isSecure() {
    return tls != null;
  }

  /// SHA-256 of the client's certificate; empty without TLS or a certificate.
  Optional<String> clientCertificate() {
    return tls == null ? Optional.empty() : tls.clientCertificate();
  }

  Watchdog watchdog() {
    return watchdog;
  }

  /// The client has shown that it speaks HTTP/1.1, and can be answered in it.
  void speaksHttp1() {
    speaksHttp1 = true;
  }

  /// From here on the connection is HTTP/2.
  void multiplex() {
    speaksHttp1 = false;
    isMultiplexed = true;
    deadline = watchdog.in(limits.idleMillis());
    move(Phase.MULTIPLEXED);
  }

  boolean isMultiplexed() {
    return isMultiplexed;
  }

  /// When the request that is coming in has to be here; fixed by its first byte, or for an HTTP/2
  /// stream by the end of its headers.
  long receiveDeadline() {
    return phase.get() == Phase.RECEIVING ? deadline : watchdog.in(limits.receiveMillis());
  }

  void open(Exchange exchange) {
    if (isMultiplexed) {
      streams.add(exchange);
      // Checked after it was added: either this sees that the connection is over, or `end` sees it.
      if (phase.get() != Phase.CLOSED) return;
      streams.remove(exchange);
    } else {
      current = exchange;
      if (move(Phase.SERVING)) return;
    }
    throw new ConnectionEnded("the connection was closed before its request was served");
  }

  void close(Exchange exchange) {
    if (isMultiplexed) {
      // Before the removal, so that the watchdog never sees no stream and an old deadline.
      deadline = watchdog.in(limits.idleMillis());
      streams.remove(exchange);
      return;
    }
    current = null;
    requestBytes = 0;
    // A client may send its next request before it has this one's answer.
    var nextIsHere = reader.available() > 0;
    deadline = watchdog.in(nextIsHere ? limits.receiveMillis() : limits.idleMillis());
    phase.compareAndSet(Phase.SERVING, nextIsHere ? Phase.RECEIVING : Phase.IDLE);
  }

  void writeBegins() {
    writeDeadline = watchdog.in(limits.sendMillis());
  }

  void writeEnds() {
    writeDeadline = NEVER;
  }

  /// Called by the watchdog, and by no other thread.
  void check(long now) {
    if (now >= writeDeadline) close();
    // The phase first: a deadline is always written before the phase that it belongs to.
    switch (phase.get()) {
      case IDLE -> {
        if ((now >= deadline || watchdog.isStopping())
            && phase.compareAndSet(Phase.IDLE, Phase.CLOSED)) {
          closeSocket();
        }
      }
      case RECEIVING -> {
        if (now >= deadline) {
          refuseLate(() -> phase.compareAndSet(Phase.RECEIVING, Phase.CLOSED));
        }
      }
      case SERVING -> {
        var exchange = current;
        if (exchange != null) exchange.check(now);
      }
      case MULTIPLEXED -> {
        for (var exchange : streams) exchange.check(now);
        if (streams.isEmpty() && (now >= deadline || watchdog.isStopping())) close();
      }
      case LINGERING -> {
        if (now >= deadline) close();
      }
      case CLOSED -> {}
    }
  }

  /// Tells the client that its request did not arrive in time, and closes the connection; if the
  /// given change of state wins, and not at all if the request is here after all.
  void refuseLate(BooleanSupplier change) {
    // Before the change, so that the connection's thread, once it sees that, waits for this.
    var said = new CountDownLatch(1);
    farewell = said;
    if (change.getAsBoolean()) {
      phase.set(Phase.CLOSED);
      // On a thread of its own, because a write can block and the watchdog must not.
      Thread.startVirtualThread(() -> sayLate(said));
    } else {
      said.countDown();
    }
  }

  void close() {
    phase.set(Phase.CLOSED);
    closeSocket();
  }

  /// Answers a connection that is one too many.
  void refuse() {
    if (tls != null) {
      // An answer would cost a handshake, which is what there are too many of.
      close();
      return;
    }
    deadline = watchdog.in(LINGER_MILLIS);
    try {
      writer.writeNow(RawAnswer.overloaded(limits));
      linger();
    } catch (RuntimeException e) {
      close();
    }
  }

  /// The last answer was given before the request was read to its end.
  void leaveUnread() {
    leftUnread = true;
  }

  boolean hasUnread() {
    return leftUnread;
  }

  /// Throws away what the client still sends, for a short time: closing a socket with unread bytes
  /// resets it, and the client would lose the answer that it has not read yet.
  void linger() {
    deadline = watchdog.in(LINGER_MILLIS);
    if (!move(Phase.LINGERING)) return;
    if (tls != null && tls.isEstablished()) tls.close();
    try {
      for (var bytes = 0L; bytes < LINGER_BYTES_MAX; ) {
        var more = socket.get();
        if (more == null) return;
        bytes += more.length;
      }
    } catch (RuntimeException e) {
      // The client or the watchdog has closed the connection, which is what this waits for.
      return;
    }
  }

  /// The connection's thread is done, and Helidon about to close the socket. Streams that still
  /// wait for their bodies wait in vain.
  void end() {
    if (tls != null && tls.isEstablished() && phase.get() != Phase.CLOSED) tls.close();
    phase.set(Phase.CLOSED);
    for (var exchange : streams) exchange.abandon();
    var said = farewell;
    if (said == null) return;
    try {
      said.await();
    } catch (InterruptedException e) {
      // The node goes down and does not wait any longer.
      Thread.currentThread().interrupt();
    }
  }

  private byte[] read() {
    byte[] bytes;
    try {
      bytes = tls == null ? socket.get() : tls.read();
    } catch (ConnectionEnded e) {
      throw e;
    } catch (RuntimeException e) {
      throw new ConnectionEnded("the connection was closed or cut");
    }
    if (bytes == null) throw new ConnectionEnded("the client closed the connection");
    switch (phase.get()) {
      case IDLE -> {
        // Before the phase, so that the watchdog never sees this phase with a deadline of the last.
        deadline = watchdog.in(limits.receiveMillis());
        requestBytes = 0;
        if (!phase.compareAndSet(Phase.IDLE, Phase.RECEIVING)) throw new ConnectionEnded("cut");
        countRequestBytes(bytes.length);
      }
      case RECEIVING, SERVING -> countRequestBytes(bytes.length);
      case MULTIPLEXED, LINGERING -> {}
      case CLOSED -> throw new ConnectionEnded("cut");
    }
    return bytes;
  }

  private void countRequestBytes(int count) {
    requestBytes += count;
    if (requestBytes > requestBytesMax) throw new ConnectionEnded("the request has no end");
  }

  private boolean move(Phase next) {
    while (true) {
      var now = phase.get();
      if (now == Phase.CLOSED) return false;
      if (phase.compareAndSet(now, next)) return true;
    }
  }

  private void sayLate(CountDownLatch said) {
    try {
      if (speaksHttp1) writer.writeNow(RawAnswer.late(limits));
    } catch (RuntimeException e) {
      // Whoever does not send may not read either.
    } finally {
      closeSocket();
      said.countDown();
    }
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (RuntimeException e) {
      // It was closed before.
    }
  }
}
