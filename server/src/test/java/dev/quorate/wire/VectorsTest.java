package dev.quorate.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Json;
import org.junit.jupiter.api.Test;

class VectorsTest {
  @Test
  void aVectorOfAnotherLengthIsBroughtToOne() {
    assertThat(Vectors.numbers(base64("[3,4,0]")))
        .isEqualTo("[0.6000000238418579,0.800000011920929,0.0]");
    assertThat(Vectors.numbers(base64("[0,0,1e-30]"))).isEqualTo("[0.0,0.0,1.0]");
  }

  @Test
  void aVectorOfAboutLengthOneStaysAsItIs() {
    assertThat(Vectors.numbers(base64("[0.6001,0.8,0]")))
        .isEqualTo("[0.6000999808311462,0.800000011920929,0.0]");
  }

  @Test
  void whatHasNoDirectionIsRefused() {
    assertThatThrownBy(() -> base64("[0,0,0]")).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> base64("[1e300,0,0]")).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> base64("[1,0]")).isInstanceOf(Invalid.class);
  }

  private static String base64(String numbers) {
    return Vectors.ofLengthOne(Vectors.base64(Json.parse(numbers), 3));
  }
}
