package dev.quorate.settings;

import org.jspecify.annotations.Nullable;

/// Table `[approval]`: how those who decide on pending actions prove who they are.
///
/// @param hmacSecret what decisions are signed with; absent where none need to be
/// @param requireQuorateSignature whether only signatures count that cover the path and the agent
public record ApprovalSettings(@Nullable Secret hmacSecret, boolean requireQuorateSignature) {
  public static final ApprovalSettings DEFAULT = new ApprovalSettings(null, false);

  private static final int CHARACTERS_MIN = 16;
  private static final int CHARACTERS_MAX = 1_024;

  public ApprovalSettings {
    if (hmacSecret != null) {
      var length = hmacSecret.text().length();
      if (length < CHARACTERS_MIN || length > CHARACTERS_MAX) {
        throw new InvalidSetting(
            "approval.hmac-secret",
            "approval.hmac-secret must be %d..%d characters: %d given"
                .formatted(CHARACTERS_MIN, CHARACTERS_MAX, length));
      }
    } else if (requireQuorateSignature) {
      throw new InvalidSetting(
          "approval.require-quorate-signature",
          "approval.require-quorate-signature needs approval.hmac-secret, which decisions are signed with");
    }
  }

  static ApprovalSettings of(Values values) {
    var secret = values.text(Key.APPROVAL_HMAC_SECRET);
    return new ApprovalSettings(
        secret == null ? null : new Secret(secret),
        values.truth(Key.APPROVAL_REQUIRE_QUORATE_SIGNATURE, DEFAULT.requireQuorateSignature()));
  }
}
