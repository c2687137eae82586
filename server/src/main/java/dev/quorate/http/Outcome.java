package dev.quorate.http;

import java.util.List;

/// What a mutation is answered with, before anything is known of its durability.
///
/// @param json text of a JSON object
/// @param memoryIds the memories it speaks of: a recorded outcome is erased with any of them
/// @param etag entity tag of the memory it made, empty for none
/// @param bulk whether it is one of many rows, whose answer lists what each peer still lacks
///   instead of failing as a whole
record Outcome(int status, String json, List<String> memoryIds, String etag, boolean bulk) {
  Outcome {
    memoryIds = List.copyOf(memoryIds);
  }

  Outcome(int status, String json, List<String> memoryIds, String etag) {
    this(status, json, memoryIds, etag, false);
  }

  Outcome asBulk() {
    return new Outcome(status, json, memoryIds, etag, true);
  }

  static Outcome of(int status, String json, String... memoryIds) {
    return new Outcome(status, json, List.of(memoryIds), "");
  }

  Outcome withEtag(String newEtag) {
    return new Outcome(status, json, memoryIds, newEtag, bulk);
  }
}
