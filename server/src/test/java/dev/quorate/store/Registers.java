package dev.quorate.store;

import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Body;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.merge.Seen;
import dev.quorate.time.Stamp;
import dev.quorate.time.Timestamps;
import java.time.Instant;
import java.util.List;

/// Registers of one node, said in few words. Times are small numbers of milliseconds.
final class Registers {
  private Registers() {}

  static ContentRegister content(String id, long millis, String title) {
    return edit(id, millis, title, Seen.NOTHING);
  }

  static ContentRegister edit(String id, long millis, String title, Seen seen) {
    var memory = AnyMemory.plain(id, title, "words", Instant.ofEpochMilli(1));
    return ContentRegister.of(id, stamp(millis), seen, Body.write(memory));
  }

  static ContentRegister created(String id, long millis, long created, String title) {
    var memory = AnyMemory.plain(id, title, "words", Instant.ofEpochMilli(created));
    return ContentRegister.of(id, stamp(millis), Seen.NOTHING, Body.write(memory));
  }

  static ContentRegister expiring(String id, long millis, String title, long expires) {
    var memory =
        AnyMemory.plain(id, title, "words", Instant.ofEpochMilli(1))
            .withExpiry(Instant.ofEpochMilli(expires));
    return ContentRegister.of(id, stamp(millis), Seen.NOTHING, Body.write(memory));
  }

  static LifecycleRegister turn(String id, long millis, State state) {
    return LifecycleRegister.of(id, stamp(millis), state, "why", List.of());
  }

  static LifecycleRegister delete(String id, long millis, String... successors) {
    return LifecycleRegister.of(id, stamp(millis), State.DELETED, "", List.of(successors));
  }

  static AliasFact alias(String a, long aCreated, String b, long bCreated) {
    return AliasFact.of(a, text(aCreated), b, text(bCreated), stamp(5));
  }

  static EmbeddingRegister embedding(String id, long contentMillis) {
    return EmbeddingRegister.of(id, stamp(contentMillis), stamp(99), "mini", 1, "AACAPw==");
  }

  static Stamp stamp(long millis) {
    return Stamp.of(millis, 0, "n1");
  }

  private static String text(long millis) {
    return Timestamps.render(Instant.ofEpochMilli(millis));
  }
}
