package dev.quorate.store;

import org.jspecify.annotations.Nullable;

/// The writes to the events on their way. Not thread-safe.
public interface NoticeBook extends Notices {
  /// The subscriber acknowledged it; nothing of it is kept but a count.
  void acknowledge(Notice notice);

  /// Gives a notice up, and keeps it with the reason.
  ///
  /// @param status what the last attempt was answered with, 0 for no answer
  void bury(Notice notice, int tried, int status, String reason, long atMillis);

  /// Has events that were given up wait again, in their old place. Returns how many.
  ///
  /// @param number only this one, absent for all of the subscription
  int redrive(String subscriptionId, @Nullable Long number);
}
