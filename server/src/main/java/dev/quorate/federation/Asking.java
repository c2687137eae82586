package dev.quorate.federation;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Asks peers for something, signed. Thread-safe.
final class Asking {
  private static final Logger LOG = System.getLogger(Asking.class.getName());

  private final String self;
  private final Transport transport;
  private final Envelope envelope;
  private final InstantSource wallClock;
  private final long timeoutMillis;

  Asking(
      String self,
      Transport transport,
      Envelope envelope,
      InstantSource wallClock,
      long timeoutMillis) {
    this.self = self;
    this.transport = transport;
    this.envelope = envelope;
    this.wallClock = wallClock;
    this.timeoutMillis = timeoutMillis;
  }

  /// The body of a successful answer; empty when there is none.
  Optional<byte[]> ask(Peer peer, String path, byte[] body) {
    return ask(peer, path, body, timeoutMillis);
  }

  Optional<byte[]> ask(Peer peer, String path, byte[] body, long withinMillis) {
    return ask(peer, peer.at(path), envelope.sign(body), body, withinMillis);
  }

  /// The same without a body.
  ///
  /// @param rawQuery as it is sent
  Optional<byte[]> get(Peer peer, String path, String rawQuery) {
    var target = peer.at(path + "?" + rawQuery);
    var signature = envelope.signGet(target.getRawPath(), rawQuery);
    return ask(peer, target, signature, new byte[0], timeoutMillis);
  }

  private Optional<byte[]> ask(
      Peer peer, URI target, Map<String, String> signature, byte[] body, long withinMillis) {
    var path = target.getPath();
    try {
      var headers = peer.headers(self, signature);
      var reply = transport.exchange(target, headers, body, withinMillis);
      if (Classifying.success(reply)) return Optional.of(reply.body());
      var refusal = Classifying.refusal(reply, wallClock.millis());
      LOG.log(Level.DEBUG, "{0} on {1}: {2}", peer.name(), path, refusal.text());
    } catch (Transport.Lost e) {
      LOG.log(Level.DEBUG, "{0} on {1}: {2}", peer.name(), path, e.getMessage());
    }
    return Optional.empty();
  }
}
