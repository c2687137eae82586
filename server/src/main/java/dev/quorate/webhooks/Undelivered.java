package dev.quorate.webhooks;

/// Nothing was answered; the message says why, in words that may be shown to whoever subscribed.
final class Undelivered extends Exception {
  private static final long serialVersionUID = 1L;

  Undelivered(String message) {
    super(message);
  }
}
