package dev.quorate.vectors;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// Who makes which vectors, as one node sees the mesh at a moment. Who stored a memory makes its
/// vector, however late; for a node that is gone, or that makes none, one of those that are there
/// does it, and all that see the same mesh name the same one. Immutable.
///
/// @param self the node that looks
/// @param embedders the other nodes that were heard lately, and the model of each; empty for none
/// @param settled whether a node that was not heard yet is gone, rather than not asked yet
record Watch(String self, Map<String, String> embedders, boolean settled) {
  Watch {
    embedders = Map.copyOf(embedders);
  }

  /// Whether this node makes the vector of a content.
  ///
  /// @param origin the node that made the content
  boolean mine(String memoryId, String origin) {
    if (origin.equals(self)) return true;
    var embedder = embedders.get(origin);
    if (embedder == null && !settled) return false;
    if (embedder != null && !embedder.isEmpty()) return false;
    return self.equals(substitute(memoryId));
  }

  /// Whether nobody knows what becomes of the vectors of this node: it is no node of the mesh that
  /// was heard lately, but may still bring what it made.
  boolean unheard(String origin) {
    return !origin.equals(self) && !embedders.containsKey(origin);
  }

  /// By the greatest number that node and memory make together, so that the memories of one who is
  /// gone are shared among all, and stay where they were when another one goes.
  private String substitute(String memoryId) {
    var candidates = new TreeMap<>(embedders);
    candidates.put(self, "self");
    var best = self;
    var bestNumber = -1L;
    for (var candidate : candidates.entrySet()) {
      var number = candidate.getValue().isEmpty() ? -1 : number(candidate.getKey(), memoryId);
      if (number > bestNumber) {
        best = candidate.getKey();
        bestNumber = number;
      }
    }
    return best;
  }

  private static long number(String node, String memoryId) {
    var crc = new CRC32C();
    crc.update((memoryId + "\n" + node).getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
