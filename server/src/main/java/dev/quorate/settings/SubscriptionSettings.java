package dev.quorate.settings;

/// Table `[subscriptions]`: where events may be sent to.
///
/// @param allowLoopback whether to this machine itself
public record SubscriptionSettings(boolean allowLoopback) {
  public static final SubscriptionSettings DEFAULT = new SubscriptionSettings(false);

  static SubscriptionSettings of(Values values) {
    return new SubscriptionSettings(
        values.truth(Key.SUBSCRIPTIONS_ALLOW_LOOPBACK, DEFAULT.allowLoopback));
  }
}
