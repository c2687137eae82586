package dev.quorate.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.Body;
import dev.quorate.store.Store;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a writing process was answered, from its own words, and what a store must therefore hold.
final class Acknowledged {
  private final Map<String, String> saved = new HashMap<>();
  private final Set<String> deleting = new HashSet<>();
  private final Set<String> deleted = new HashSet<>();

  void hear(List<String> lines) {
    for (var line : lines) {
      var word = line.substring(2);
      switch (line.charAt(0)) {
        case 'S' -> {
          var cut = word.indexOf(' ');
          saved.put(word.substring(0, cut), word.substring(cut + 1));
        }
        case '-' -> deleting.add(word);
        case 'D' -> deleted.add(word);
        default -> throw new AssertionError("not a line of a writing process: " + line);
      }
    }
  }

  int count() {
    return saved.size() + deleted.size();
  }

  /// Every acknowledged write is in the store, or what was written after it.
  void assertKept(Store store) {
    saved.forEach((id, fingerprint) -> {
      var stored = store.read(s -> s.memory(id));
      if (deleted.contains(id)) {
        assertThat(stored).as("deleted: %s", id).isEmpty();
      } else if (stored.isEmpty()) {
        assertThat(deleting).as("memories that may be deleted").contains(id);
      } else {
        var body = stored.get().body();
        var version = Long.parseLong(fingerprint.substring(0, fingerprint.indexOf(' ')));
        assertThat(Body.read(body).version()).as(id).isGreaterThanOrEqualTo(version);
        if (Body.read(body).version() == version) {
          assertThat(Fingerprint.of(body)).as(id).isEqualTo(fingerprint);
        }
      }
    });
  }
}
