package dev.quorate.identity;

/// Why a message is refused, in the words that peers know.
public enum Tag {
  API_KEY("missing or invalid API key"),
  PEER_NOT_ENROLLED("peer_not_enrolled"),
  SIGNATURE_MISSING("x_memory_sig_missing"),
  SIGNATURE_UNKNOWN_ALGORITHM("x_memory_sig_unknown_algorithm"),
  SIGNATURE_MALFORMED("x_memory_sig_malformed"),
  SIGNATURE_BAD("x_memory_sig_bad_signature"),
  SIGNATURE_NO_ENROLLED_KEY("x_memory_sig_no_enrolled_key"),
  NONCE_MISSING("x_memory_nonce_missing"),
  NONCE_REPLAY("x_memory_nonce_replay"),
  SENT_AT_OUTSIDE_WINDOW("x_memory_sent_at_outside_window"),
  CERTIFICATE_MISMATCH("peer_id_cert_mismatch"),
  PEER_ID_MISSING("peer_id_header_missing"),
  SENDER_MISMATCH("sender_agent_id_mismatch");

  private final String text;

  Tag(String text) {
    this.text = text;
  }

  /// The member `error` of the answer.
  public String text() {
    return text;
  }

  /// Whether who sent it is proven and may not do this, rather than not proven.
  public boolean isForbidden() {
    return this == PEER_ID_MISSING || this == SENDER_MISMATCH;
  }
}
