package dev.quorate.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.memory.AnyMemory;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Lane;
import dev.quorate.store.Store;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import dev.quorate.time.Stamp;
import dev.quorate.wire.Plain.PlainEmbedding;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Vectors that a node without stamps brings, such as one of ai-memory.
class PlainVectorTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;
  private Store store;

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), InstantSource.fixed(NOW));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void itBelongsToTheContentThatIsHere() {
    save("text");
    take("theirs", "AACAPwAAAAA=");
    assertThat(vector().orElseThrow().contentStamp()).isEqualTo(contentStamp());
    assertThat(vector().orElseThrow().model()).isEqualTo("theirs");
  }

  @Test
  void itTakesThePlaceOfNoneOfTheSameContent() {
    save("text");
    take("ours", "AACAPwAAAAA=");
    var before = vector();
    take("theirs", "AAAAAAAAgD8=");
    assertThat(vector()).isEqualTo(before);
  }

  @Test
  void itTakesThePlaceOfOneOfAnOlderContent() {
    save("text");
    take("ours", "AACAPwAAAAA=");
    save("newer");
    take("theirs", "AAAAAAAAgD8=");
    assertThat(vector().orElseThrow().model()).isEqualTo("theirs");
  }

  @Test
  void withoutAContentItIsOfNothing() {
    take("theirs", "AACAPwAAAAA=");
    assertThat(vector()).isEmpty();
  }

  private void save(String content) {
    store.write(transaction -> transaction.save(AnyMemory.plain("m", "Title", content, NOW)));
  }

  private void take(String model, String vector) {
    var arrival = new PlainEmbedding(0, "m", model, 2, vector);
    var receiving = new Receiving(60_000);
    store.replicate(
        transaction -> receiving.take(transaction, "guest", List.of(arrival), Optional.empty()));
  }

  private Stamp contentStamp() {
    return store.look(look -> look.register(Lane.CONTENT, "m")).orElseThrow().stamp();
  }

  private Optional<EmbeddingRegister> vector() {
    return store
        .look(look -> look.register(Lane.EMBEDDING, "m"))
        .map(EmbeddingRegister.class::cast);
  }
}
