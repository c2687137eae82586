package dev.quorate.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A TCP proxy on loopback in front of one node, whose behaviour can be switched while connections
/// are open. Thread-safe.
///
/// A new behaviour holds for bytes that have not gone through yet. Connections that were open
/// during [Fault.HalfOpen] have lost bytes, so they are reset when that ends.
public final class FaultProxy implements AutoCloseable {
  private static final int CONNECT_MILLIS_MAX = 5_000;
  private static final int BACKLOG = 256;

  private final ServerSocket server;
  private final InetSocketAddress target;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private Fault fault = new Fault.None();
  private boolean closed;

  private FaultProxy(ServerSocket server, InetSocketAddress target) {
    this.server = server;
    this.target = target;
  }

  /// Starts a proxy on a port of its own.
  ///
  /// @param node where connections go; nobody needs to listen there yet
  public static FaultProxy before(URI node) {
    try {
      var server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      var proxy = new FaultProxy(server, new InetSocketAddress(node.getHost(), node.getPort()));
      Thread.ofVirtual().name("proxy of " + node).start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where the node is reached through this proxy.
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  public synchronized Fault fault() {
    return fault;
  }

  /// Switches; when it returns, no byte goes through by the former behaviour any more but for those
  /// that were being written.
  public void set(Fault next) {
    Fault before;
    synchronized (this) {
      before = fault;
      fault = next;
      notifyAll();
    }
    if (next instanceof Fault.Cut || before instanceof Fault.HalfOpen) {
      links.forEach(Link::reset);
    }
  }

  /// How many connections are open.
  public int connections() {
    return links.size();
  }

  private void accept() {
    while (true) {
      try {
        var client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        // It was closed.
        return;
      }
    }
  }

  private void serve(Socket client) {
    switch (fault()) {
      case Fault.Cut _ -> Sockets.reset(client);
      case Fault.HalfOpen _ -> open(client, new Socket());
      case Fault.None _, Fault.Delay _, Fault.Throttle _ -> {
        var node = new Socket();
        try {
          node.connect(target, CONNECT_MILLIS_MAX);
          open(client, node);
        } catch (IOException e) {
          // Nobody listens there, and the proxy must not look as if somebody did.
          Sockets.reset(client);
          Sockets.reset(node);
        }
      }
    }
  }

  private void open(Socket client, Socket node) {
    var link = new Link(this, client, node);
    links.add(link);
    link.start();
    // The behaviour may have changed since it was looked at.
    if (closed() || fault() instanceof Fault.Cut) link.reset();
  }

  private synchronized boolean closed() {
    return closed;
  }

  void ended(Link link) {
    links.remove(link);
  }

  /// Waits until the behaviour is no longer this one, or the time is over.
  synchronized void awaitOther(Fault current, long nanos) throws InterruptedException {
    var until = System.nanoTime() + nanos;
    for (var left = nanos; left > 0 && fault.equals(current) && !closed; ) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
      left = until - System.nanoTime();
    }
  }

  /// Resets every connection and takes no more.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      links.forEach(Link::reset);
    }
  }
}
