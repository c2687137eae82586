package dev.quorate.memories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.memory.AnyMemory;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is remembered of counts.
class HeldBytesTest {
  private static final String ANN = "ai:ann";
  private static final int LENGTH = 1_000;

  @TempDir private Path directory;

  @Test
  void aCountThatWasTakenBackWithItsChangesIsNotRemembered() {
    var held = new HeldBytes();
    try (var store =
        SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.system())) {
      store.write(transaction -> {
        var memory = AnyMemory.plain("m", "title", "x".repeat(LENGTH), Instant.EPOCH);
        transaction.save(memory.withMetadata("{\"agent_id\":\"ai:ann\"}"));
        return true;
      });
      assertThatThrownBy(() ->
              store.write(transaction -> {
                transaction.delete("m", null);
                assertThat(held.of(transaction, ANN, 1, LENGTH)).isZero();
                throw new IllegalArgumentException("no");
              }))
          .hasMessage("no");
      long now = store.write(tx -> held.of(tx, ANN, 1, Long.MAX_VALUE)).value();
      assertThat(now).isGreaterThan(LENGTH);
    }
  }
}
