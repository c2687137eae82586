package dev.quorate.http;

import java.util.List;

/// What a mutation is answered with, before anything is known of its durability.
///
/// @param json text of a JSON object
/// @param memoryIds the memories it speaks of: a recorded outcome is erased with any of them
/// @param etag entity tag of the memory it made, empty for none
record Outcome(int status, String json, List<String> memoryIds, String etag) {
  Outcome {
    memoryIds = List.copyOf(memoryIds);
  }

  static Outcome of(int status, String json, String... memoryIds) {
    return new Outcome(status, json, List.of(memoryIds), "");
  }

  Outcome withEtag(String newEtag) {
    return new Outcome(status, json, memoryIds, newEtag);
  }
}
