package dev.quorate.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MiniLmTest {
  @Test
  void whatMeansAlikeIsNearThoughItSharesNoWord() throws EmbeddingFailed {
    try (var model = MiniLm.load()) {
      var vectors =
          model.embed(
              List.of(
                  "The database went down last night because the disk was full",
                  "An outage of our storage after space ran out",
                  "Anna prefers oat milk in her coffee"));

      assertThat(vectors).hasSize(3).allMatch(vector -> vector.dimension() == 384);
      var outage = vectors.get(0);
      assertThat(outage.similarity(vectors.get(1)))
          .isGreaterThan(outage.similarity(vectors.get(2)) + 0.2);
    }
  }

  @Test
  void everyTextHasAVector() throws EmbeddingFailed {
    try (var model = MiniLm.load()) {
      var odd = List.of(" ", "\n", "😀", "word ".repeat(13_000), "e\u0301".repeat(50), "日本語");

      assertThat(model.embed(odd)).hasSameSizeAs(odd);
    }
  }

  @Test
  void theSameTextHasTheSameVectorInWhateverCompany() throws EmbeddingFailed {
    try (var model = MiniLm.load()) {
      var alone = model.embed(List.of("a rule about deploys")).getFirst();
      var among = model.embed(List.of("x", "a rule about deploys", "word ".repeat(300))).get(1);

      assertThat(among).isEqualTo(alone);
    }
  }

  @Test
  void whatNobodyWaitsForHasTheSameVectors() throws EmbeddingFailed {
    try (var model = MiniLm.load()) {
      var texts = List.of("a rule about deploys", " ", "日本語");

      assertThat(model.embedUnhurried(texts)).isEqualTo(model.embed(texts));
    }
  }
}
