package dev.quorate.store;

import java.util.List;

/// What a request with an idempotency key was answered.
///
/// @param requestHash hash of what was asked, in hex
/// @param status HTTP status of the answer
/// @param body JSON text of the answer, empty when a memory it spoke of was deleted
/// @param memoryIds the memories the answer speaks of; it is erased with any of them
/// @param sequence the number of the last change that it made, by which its durability is told anew
public record RecordedOutcome(
    String requestHash,
    int status,
    String body,
    List<String> memoryIds,
    long atMillis,
    long sequence) {}
