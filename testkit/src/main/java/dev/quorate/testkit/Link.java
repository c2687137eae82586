package dev.quorate.testkit;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// One connection through a [FaultProxy]: a thread each way.
final class Link {
  private static final int CHUNK_BYTES = 16_384;
  private static final int CHUNKS_PER_SECOND = 20;

  private final FaultProxy proxy;
  private final Socket client;
  private final Socket node;
  private final AtomicInteger ways = new AtomicInteger(2);

  Link(FaultProxy proxy, Socket client, Socket node) {
    this.proxy = proxy;
    this.client = client;
    this.node = node;
  }

  void start() {
    Thread.ofVirtual().start(() -> run(client, node, true));
    if (node.isConnected()) Thread.ofVirtual().start(() -> run(node, client, false));
    else ways.decrementAndGet();
  }

  private void run(Socket from, Socket to, boolean there) {
    try {
      carry(from, to, there);
    } catch (IOException e) {
      // One side has gone, which the other one must see.
      reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reset();
    } finally {
      if (ways.decrementAndGet() == 0) reset();
    }
  }

  private void carry(Socket from, Socket to, boolean there)
      throws IOException, InterruptedException {
    var buffer = new byte[CHUNK_BYTES];
    var in = from.getInputStream();
    for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      pass(buffer, read, to, there);
    }
    if (to.isConnected() && !(proxy.fault() instanceof Fault.HalfOpen)) to.shutdownOutput();
  }

  /// Brings some bytes over as the behaviour is at each moment.
  private void pass(byte[] buffer, int count, Socket to, boolean there)
      throws IOException, InterruptedException {
    var done = 0;
    while (done < count) {
      switch (proxy.fault()) {
        case Fault.None _ -> {
          to.getOutputStream().write(buffer, done, count - done);
          done = count;
        }
        case Fault.Delay delay -> {
          var time = there ? delay.there() : delay.back();
          proxy.awaitOther(delay, time.toNanos());
          if (proxy.fault() instanceof Fault.HalfOpen || proxy.fault() instanceof Fault.Cut)
            continue;
          to.getOutputStream().write(buffer, done, count - done);
          done = count;
        }
        case Fault.Throttle throttle -> {
          var some =
              Math.min(count - done, Math.max(1, throttle.bytesPerSecond() / CHUNKS_PER_SECOND));
          proxy.awaitOther(throttle, TimeUnit.SECONDS.toNanos(some) / throttle.bytesPerSecond());
          if (!proxy.fault().equals(throttle)) continue;
          to.getOutputStream().write(buffer, done, some);
          done += some;
        }
        case Fault.HalfOpen _ -> done = count;
        case Fault.Cut _ -> throw new IOException("cut");
      }
    }
  }

  void reset() {
    proxy.ended(this);
    Sockets.reset(client);
    Sockets.reset(node);
  }
}
