package dev.quorate.federation;

import dev.quorate.json.Json;
import dev.quorate.replication.Outcome;
import dev.quorate.replication.PeerState.Identity;
import dev.quorate.wire.Protocol;
import java.time.InstantSource;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Asks a peer who it is before anything is sent. Thread-safe.
final class Greeting {
  /// Where a node says who it is.
  static final String PATH = "/api/v1/sync/identity";

  private static final int NOT_FOUND = 404;
  private static final int ID_BYTES_MAX = 128;

  private final String self;
  private final MeshRules rules;
  private final Transport transport;
  private final KnownKeys keys;
  private final long timeoutMillis;
  private final InstantSource wallClock;

  Greeting(
      String self,
      MeshRules rules,
      Transport transport,
      KnownKeys keys,
      long timeoutMillis,
      InstantSource wallClock) {
    this.self = self;
    this.rules = rules;
    this.transport = transport;
    this.keys = keys;
    this.timeoutMillis = timeoutMillis;
    this.wallClock = wallClock;
  }

  /// What came of it.
  sealed interface Answer {
    record Known(Identity identity) implements Answer {}

    record Unknown(Outcome outcome) implements Answer {}
  }

  Answer greet(Peer peer) {
    try {
      var reply =
          transport.exchange(
              peer.at(PATH), peer.headers(self, Map.of()), new byte[0], timeoutMillis);
      if (reply.status() == NOT_FOUND) return new Answer.Known(old(peer));
      if (!Classifying.success(reply)) {
        return new Answer.Unknown(Classifying.refusal(reply, wallClock.millis()));
      }
      return identity(peer, Json.parse(reply.body()));
    } catch (Transport.Lost e) {
      return new Answer.Unknown(Classifying.lost(e));
    } catch (RuntimeException e) {
      return new Answer.Unknown(new Outcome.Failed(200, "its greeting makes no sense"));
    }
  }

  /// A node without our protocol has no epoch, and no other name than the one it was given. It is
  /// the origin of what is read from it, and so has to be written like an id.
  private static Identity old(Peer peer) {
    var id = peer.settings().id();
    return new Identity(id == null ? written(peer.name()) : id, "", false);
  }

  private static String written(String address) {
    var written = address.replaceAll("[^A-Za-z0-9_:@./-]", "_");
    return written.substring(0, Math.min(written.length(), ID_BYTES_MAX));
  }

  private Answer identity(Peer peer, JsonNode body) {
    var node = body.path("node").asString("");
    var epoch = body.path("epoch").asString("");
    var key = body.path("public_key").asString("");
    if (node.isEmpty() || epoch.isEmpty()) return refused("its greeting lacks node or epoch");
    if (node.equals(self)) return refused("it has this node's own id " + self);
    var expected = peer.settings().id();
    if (expected != null && !expected.equals(node)) {
      return refused("it is %s and not %s".formatted(node, expected));
    }
    if (!keys.fits(node, key)) return refused("its key is not the one enrolled for " + node);
    var archives = body.path(MeshRules.ARCHIVE_ON_GC);
    // A guest's mesh goes by its own rules, and a node that says nothing may be of an older
    // version.
    if (peer.replica() && archives.isBoolean() && archives.booleanValue() != rules.archiveOnGc()) {
      return refused(
          "its gc.archive-on-gc is %s and that of this node %s: one of them would delete for all what the other archives"
              .formatted(archives.booleanValue(), rules.archiveOnGc()));
    }
    var speaks = false;
    for (var version : body.path("speaks")) speaks |= version.asInt(0) == Protocol.VERSION;
    return new Answer.Known(new Identity(node, epoch, speaks));
  }

  private static Answer refused(String why) {
    return new Answer.Unknown(new Outcome.Refused(409, why));
  }
}
