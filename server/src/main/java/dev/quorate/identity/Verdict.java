package dev.quorate.identity;

/// Whether a message is from whom it says.
public sealed interface Verdict {
  /// It is.
  ///
  /// @param peerId who sent it; empty for an anonymous pull
  record Accepted(String peerId, How how) implements Verdict {}

  /// It is not, or that is not known.
  ///
  /// @param note one sentence for the operator of the sender
  record Refused(Tag tag, String note) implements Verdict {}

  /// What speaks for the sender.
  enum How {
    /// A signature by the key that is enrolled for it.
    SIGNATURE,
    /// A client certificate from the allow-list.
    CERTIFICATE,
    /// Nothing, and `federation.admit-unsigned` lets it pass.
    UNSIGNED,
    /// Nothing, and `federation.admit-anonymous-pulls` lets it pass.
    ANONYMOUS
  }
}
