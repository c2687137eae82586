package dev.quorate.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.time.Stamp;
import org.junit.jupiter.api.Test;

class EmbeddingRegisterTest {
  @Test
  void theVectorOfTheNewerContentStandsThoughItWasMadeEarlier() {
    var ofNewer = of(Stamp.of(5, 0, "n1"), Stamp.of(6, 0, "n1"));
    var ofOlder = of(Stamp.of(4, 0, "n1"), Stamp.of(9, 0, "n2"));
    assertThat(EmbeddingRegister.merge(ofNewer, ofOlder)).isEqualTo(ofNewer);
    assertThat(EmbeddingRegister.merge(ofOlder, ofNewer)).isEqualTo(ofNewer);
  }

  @Test
  void ofTwoVectorsOfOneContentTheLaterStands() {
    var earlier = of(Stamp.of(5, 0, "n1"), Stamp.of(6, 0, "n1"));
    var later = of(Stamp.of(5, 0, "n1"), Stamp.of(7, 0, "n2"));
    assertThat(EmbeddingRegister.merge(later, earlier)).isEqualTo(later);
    assertThat(EmbeddingRegister.merge(earlier, later)).isEqualTo(later);
  }

  private static EmbeddingRegister of(Stamp content, Stamp own) {
    return EmbeddingRegister.of("m1", content, own, "mini", 1, "AACAPw==");
  }
}
