package dev.quorate.http;

import dev.quorate.failure.RequestFailure;
import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.federation.Federation;
import dev.quorate.federation.Peer;
import dev.quorate.federation.Report;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.identity.Credentials;
import dev.quorate.identity.NonceWindow;
import dev.quorate.identity.Signing;
import dev.quorate.identity.Verdict;
import dev.quorate.identity.Verifier;
import dev.quorate.json.Json;
import dev.quorate.store.NonceRow;
import dev.quorate.store.Store;
import dev.quorate.time.Timestamps;
import dev.quorate.wire.Protocol;
import dev.quorate.wire.PullRequest;
import dev.quorate.wire.PushAnswer;
import dev.quorate.wire.PushBody;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers peers (wire.md 2): who asks is proven before anything of a message is parsed.
final class SyncRoutes {
  private static final int LIMIT = 500;
  private static final int LIMIT_MAX = 10_000;

  private final Store store;
  private final Federation federation;
  private final Verifier verifier;
  private final NonceWindow nonces;

  SyncRoutes(Store store, Federation federation, Verifier verifier, NonceWindow nonces) {
    this.store = store;
    this.federation = federation;
    this.verifier = verifier;
    this.nonces = nonces;
  }

  /// Takes in what a peer sends. The answer comes when it is on disk.
  Response push(Request request) {
    return verified(
        request,
        peer -> {
          var received = PushBody.read(request.body());
          var frame = received.frame();
          var late = frame == null ? Optional.<Response>empty() : late(frame.sentAt());
          if (late.isPresent()) return late.get();
          var known = federation.peer(peer);
          var allowed = known.map(there -> there.settings().allowedSenders()).orElse(List.of());
          var mismatch = Verifier.checkSender(peer, received.sender(), allowed);
          if (mismatch.isPresent()) return refused(mismatch.get(), received.sender(), peer);
          if (received.dryRun()) {
            return answer(federation.serving().dryRun(received.arrivals()), true);
          }
          var guest = known.flatMap(Peer::guest);
          var rows = nonces.takeDirty();
          try {
            var report = federation.serving().push(peer, received, guest, kept(rows));
            federation.heard(peer);
            return answer(report, false);
          } catch (RuntimeException e) {
            nonces.giveBack(rows);
            throw e;
          }
        });
  }

  /// Keeps what was used up by a message that itself writes nothing. A full disk is no reason to
  /// leave that unanswered.
  private void keepNonces() {
    var rows = nonces.takeDirty();
    if (rows.isEmpty()) return;
    try {
      store.replicate(transaction -> {
        kept(rows).forEach(transaction.peers()::keep);
        return true;
      });
    } catch (RequestFailure _) {
      nonces.giveBack(rows);
    }
  }

  private static List<NonceRow> kept(List<dev.quorate.identity.NonceRow> rows) {
    return rows.stream().map(row -> new NonceRow(row.peer(), row.key(), row.value())).toList();
  }

  private Response answer(Report report, boolean dryRun) {
    var counters =
        new PushAnswer.Counters(
            report.applied("memories"),
            report.applied("deletions"),
            report.applied("archives"),
            report.applied("restores"),
            report.applied("links"),
            report.applied("pendings") + report.applied("actions"),
            report.applied("pending_decisions"),
            report.applied("namespace_meta"),
            report.applied("namespace_meta_clears"),
            report.noop(),
            report.skipped().size(),
            0,
            0);
    var quorate =
        new PushAnswer.Report(
            Protocol.VERSION,
            Protocol.SPEAKS,
            store.nodeId(),
            store.epoch(),
            report.parked(),
            report.skipped());
    var answer = new PushAnswer(counters, dryRun, store.nodeId(), Map.of(), null, quorate);
    return Response.json(200, answer.write());
  }

  /// A page of everything that this node has and the peer lacks.
  Response pull(Request request) {
    return replica(
        request,
        () -> {
          var asked = PullRequest.read(request.body());
          return late(asked.sentAt())
              .orElseGet(() -> Response.json(200, federation.serving().pull(asked)));
        });
  }

  /// Compares digests.
  Response digest(Request request) {
    return replica(request, () -> asked(request, federation.serving()::digest));
  }

  /// Registers by name, or those of a bucket that the peer has otherwise.
  Response fetch(Request request) {
    return replica(request, () -> asked(request, federation.serving()::fetch));
  }

  private Response asked(Request request, Function<JsonNode, byte[]> serve) {
    var body = request.json();
    return late(body.path("quorate").path("sent_at").asString(""))
        .orElseGet(() -> Response.json(200, serve.apply(body)));
  }

  /// Memories that changed after a time, for peers that pull so (wire.md 2.3). A replica gets all,
  /// a guest what it may get.
  Response since(Request request) {
    var shown = credentials(request);
    return switch (verifier.pull(shown, request.path(), request.rawQuery())) {
      case Verdict.Refused refused -> refused(refused, null, shown.peerId());
      case Verdict.Accepted accepted -> {
        keepNonces();
        yield since(request, accepted.peerId());
      }
    };
  }

  private Response since(Request request, String peer) {
    var text = request.query("since").orElse("");
    var since = text.isEmpty() ? Optional.<Instant>empty() : Timestamps.parse(text);
    if (!text.isEmpty() && since.isEmpty()) {
      throw new Invalid("invalid `since` parameter — expected RFC 3339 timestamp");
    }
    var limit = Parameters.of(request).whole("limit", LIMIT, 1, LIMIT_MAX);
    var known = federation.peer(peer);
    var guest = known.flatMap(Peer::guest);
    return Response.json(
        200,
        federation
            .serving()
            .since(text.isEmpty() ? null : text, since, limit, guest, trusted(peer)));
  }

  /// Whether a peer that is no guest gets everything: it proved who it is, and belongs here.
  private boolean trusted(String peer) {
    return !peer.isEmpty() && federation.admits(peer);
  }

  private Response replica(Request request, Supplier<Response> serve) {
    return verified(
        request,
        peer -> {
          if (federation.peer(peer).flatMap(Peer::guest).isPresent()) {
            return Response.json(
                403,
                Json.object()
                    .put("error", "guest")
                    .put("note", "a guest reads by /api/v1/sync/since"));
          }
          federation.heard(peer);
          keepNonces();
          return serve.get();
        });
  }

  /// Its key is known, but nobody said that it belongs to this mesh, or as what.
  private static Response notNamed(String peer) {
    return Response.json(
        403,
        Json.object()
            .put("error", "peer_not_named")
            .put(
                "note",
                "the settings of this node name no peer %s: give it a [[peer]] with its url and id"
                    .formatted(peer)));
  }

  private Response verified(Request request, Function<String, Response> serve) {
    var shown = credentials(request);
    return switch (verifier.body(shown, request.body())) {
      case Verdict.Refused refused -> refused(refused, null, shown.peerId());
      case Verdict.Accepted accepted ->
          federation.admits(accepted.peerId())
              ? serve.apply(accepted.peerId())
              : notNamed(accepted.peerId());
    };
  }

  private static Credentials credentials(Request request) {
    return new Credentials(
        request.header(Credentials.PEER_ID_HEADER).orElse(null),
        request.header(Signing.SIGNATURE_HEADER).orElse(null),
        request.header(Signing.NONCE_HEADER).orElse(null),
        request.clientCertificate().orElse(null),
        request.hasAccess());
  }

  private Optional<Response> late(String sentAt) {
    var at = Timestamps.parse(sentAt);
    if (at.isEmpty()) throw new Invalid("quorate.sent_at must be an RFC 3339 time");
    return verifier.checkSentAt(at.get()).map(refused -> refused(refused, null, null));
  }

  private static Response refused(
      Verdict.Refused refused, @Nullable String claimed, @Nullable String peerHeader) {
    ObjectNode json = Json.object().put("error", refused.tag().text()).put("note", refused.note());
    if (claimed != null) json.put("claimed", claimed);
    if (refused.tag().isForbidden()) json.put("peer_header", peerHeader);
    return Response.json(refused.tag().isForbidden() ? 403 : 401, json);
  }
}
