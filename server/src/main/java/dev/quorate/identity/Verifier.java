package dev.quorate.identity;

import dev.quorate.identity.Verdict.Accepted;
import dev.quorate.identity.Verdict.How;
import dev.quorate.identity.Verdict.Refused;
import dev.quorate.settings.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides whether messages of peers are from whom they say, before anything of them is parsed.
/// Thread-safe.
///
/// Whoever has an enrolled key must sign. Whoever has none is refused, unless a certificate from
/// the allow-list speaks for it, or the policy lets it pass; what passes without any proof needs an
/// API key like every other client.
public final class Verifier {
  private static final String NO_PEER_ID =
      "the header x-peer-id is missing or no node id, and must say which node sends";

  private final PeerKeys keys;
  private final CertificateAllowlist certificates;
  private final NonceWindow nonces;
  private final Policy policy;
  private final InstantSource clock;

  public Verifier(
      PeerKeys keys,
      CertificateAllowlist certificates,
      NonceWindow nonces,
      Policy policy,
      InstantSource clock) {
    this.keys = keys;
    this.certificates = certificates;
    this.nonces = nonces;
    this.policy = policy;
    this.clock = clock;
  }

  /// What an operator can choose.
  ///
  /// @param admitUnsigned whether peers without an enrolled key pass without a signature
  /// @param admitAnonymousPulls whether pulls pass that prove no peer id
  /// @param window how far the time in a message may be from ours
  public record Policy(boolean admitUnsigned, boolean admitAnonymousPulls, Duration window) {}

  /// Decides on a message with a body. An accepted nonce is used up, whatever becomes of the
  /// message; see [NonceWindow#takeDirty].
  ///
  /// @param body as it came
  /// @throws dev.quorate.failure.NodeFailure if the key of the peer cannot be read
  public Verdict body(Credentials shown, byte[] body) {
    return verdict(shown, body);
  }

  /// Decides on a request without a body that asks for memories.
  ///
  /// @param path as it came
  /// @param rawQuery as it came, without the `?`; empty if there was none
  /// @throws dev.quorate.failure.NodeFailure if the key of the peer cannot be read
  public Verdict pull(Credentials shown, String path, String rawQuery) {
    var verdict = verdict(shown, SignedBytes.get(path, rawQuery));
    // Who shows a signature wants to be known, and has to learn that it is not.
    if (verdict instanceof Refused && policy.admitAnonymousPulls && shown.signature() == null) {
      return shown.hasApiKey() ? new Accepted("", How.ANONYMOUS) : noApiKey();
    }
    return verdict;
  }

  /// Refuses a message that was sent too long ago, or in the future. Only messages of Quorate nodes
  /// carry their time; whether one does is part of what is signed.
  public Optional<Refused> checkSentAt(Instant sentAt) {
    var distance = Duration.between(sentAt, clock.instant()).abs();
    if (distance.compareTo(policy.window) <= 0) return Optional.empty();
    return Optional.of(
        new Refused(
            Tag.SENT_AT_OUTSIDE_WINDOW,
            "the message was sent at %s, which is more than %d s from the clock of this node"
                .formatted(sentAt, policy.window.toSeconds())));
  }

  /// Refuses a message whose body names another sender than its header, unless that peer may send
  /// in the other's name.
  ///
  /// @param sender what the body says; empty where it says nothing
  public static Optional<Refused> checkSender(
      String peerId, String sender, Collection<String> allowedSenders) {
    if (sender.isEmpty() || sender.equals(peerId) || allowedSenders.contains(sender)) {
      return Optional.empty();
    }
    return Optional.of(
        new Refused(
            Tag.SENDER_MISMATCH,
            "sender_agent_id must be the x-peer-id, or be among the allowed senders of that peer"));
  }

  private Verdict verdict(Credentials shown, byte[] message) {
    var peerId = shown.peerId();
    if (peerId != null && !NodeName.isName(peerId)) peerId = null;
    var key = peerId == null ? null : keys.find(peerId).orElse(null);
    var signature = shown.signature();
    if (signature != null) return signed(peerId, key, signature, shown, message);
    if (key != null) {
      return new Refused(
          Tag.SIGNATURE_MISSING, "a key is enrolled for %s, so it must sign".formatted(peerId));
    }
    return unsigned(peerId, shown);
  }

  private Verdict signed(
      @Nullable String peerId,
      @Nullable PublicKey key,
      String header,
      Credentials shown,
      byte[] message) {
    return switch (Signature.read(header)) {
      case Signature.UnknownAlgorithm _ ->
          new Refused(Tag.SIGNATURE_UNKNOWN_ALGORITHM, "x-memory-sig must begin with ed25519=");
      case Signature.Malformed _ ->
          new Refused(
              Tag.SIGNATURE_MALFORMED,
              "x-memory-sig must be ed25519= and the padded base64 of 64 bytes");
      case Signature.Present present -> {
        if (peerId == null || key == null) {
          yield new Refused(Tag.SIGNATURE_NO_ENROLLED_KEY, notEnrolled(peerId));
        }
        yield verified(peerId, key, present.bytes(), shown, message);
      }
    };
  }

  private Verdict verified(
      String peerId, PublicKey key, byte[] signature, Credentials shown, byte[] message) {
    var given = shown.nonce();
    var nonce = given == null || given.isEmpty() ? null : given;
    if (!key.verifies(SignedBytes.of(message, nonce), signature)) {
      return new Refused(
          Tag.SIGNATURE_BAD, "the signature is not that of %s over this message".formatted(peerId));
    }
    if (nonce == null) {
      return new Refused(Tag.NONCE_MISSING, "a signed message needs an x-memory-nonce");
    }
    var entry = allowed(shown);
    if (entry.isPresent() && !entry.get().admits(peerId)) return otherCertificate(peerId);
    return switch (nonces.check(peerId, nonce, clock.millis())) {
      case FRESH -> new Accepted(peerId, How.SIGNATURE);
      case REPLAY ->
          new Refused(
              Tag.NONCE_REPLAY, "this x-memory-nonce was seen before, or too many have come since");
    };
  }

  private Verdict unsigned(@Nullable String peerId, Credentials shown) {
    var entry = allowed(shown);
    if (entry.isEmpty() && !policy.admitUnsigned) {
      return new Refused(Tag.PEER_NOT_ENROLLED, notEnrolled(peerId));
    }
    if (peerId == null) return new Refused(Tag.PEER_ID_MISSING, NO_PEER_ID);
    if (entry.isPresent()) {
      return entry.get().admits(peerId)
          ? new Accepted(peerId, How.CERTIFICATE)
          : otherCertificate(peerId);
    }
    return shown.hasApiKey() ? new Accepted(peerId, How.UNSIGNED) : noApiKey();
  }

  /// Names the peer, or says that there is no name to look for. A name that breaks the rules of
  /// names counts as none.
  private static String notEnrolled(@Nullable String peerId) {
    return peerId == null
        ? NO_PEER_ID
        : "no key is enrolled for %s: quorate peer add does it".formatted(peerId);
  }

  private Optional<CertificateAllowlist.Entry> allowed(Credentials shown) {
    var certificate = shown.certificate();
    return certificate == null ? Optional.empty() : certificates.find(certificate);
  }

  private static Refused otherCertificate(String peerId) {
    return new Refused(
        Tag.CERTIFICATE_MISMATCH,
        "the client certificate belongs to another peer than %s".formatted(peerId));
  }

  private static Refused noApiKey() {
    return new Refused(
        Tag.API_KEY, "without a signature or a known certificate, an API key is needed");
  }
}
