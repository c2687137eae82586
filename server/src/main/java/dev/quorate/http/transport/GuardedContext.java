package dev.quorate.http.transport;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import java.util.concurrent.ExecutorService;

/// A connection as Helidon sees it, with every read and write going through its [Guard] and every
/// request going to our [Dispatcher].
final class GuardedContext implements ConnectionContext {
  private final ConnectionContext context;
  private final Guard guard;
  private final Router router;

  GuardedContext(ConnectionContext context, Guard guard, Router router) {
    this.context = context;
    this.guard = guard;
    this.router = router;
  }

  Guard guard() {
    return guard;
  }

  @Override
  public DataReader dataReader() {
    return guard.reader();
  }

  @Override
  public DataWriter dataWriter() {
    return guard.writer();
  }

  @Override
  public Router router() {
    return router;
  }

  @Override
  public ListenerContext listenerContext() {
    return context.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return context.executor();
  }

  @Override
  public HelidonSocket serverSocket() {
    return context.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return context.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return context.localPeer();
  }

  @Override
  public boolean isSecure() {
    return guard.isSecure();
  }

  @Override
  public String socketId() {
    return context.socketId();
  }

  @Override
  public String childSocketId() {
    return context.childSocketId();
  }
}
