package dev.quorate.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
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

  @Test
  void whatIsNoVectorInBase64IsRefusedAndOneThatIsStaysAsItIs() {
    for (var bad : new float[][] {{Float.NaN, 1}, {1, Float.POSITIVE_INFINITY}, {0, 0}, {1}}) {
      assertThatThrownBy(() -> Vectors.check(encoded(bad), 2)).isInstanceOf(Invalid.class);
    }
    assertThatThrownBy(() -> Vectors.check("no base64!", 2)).isInstanceOf(Invalid.class);
    var good = encoded(3, 4);
    assertThat(Vectors.check(good, 2)).isEqualTo(good);
  }

  private static String encoded(float... values) {
    var bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (var value : values) bytes.putFloat(value);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static String base64(String numbers) {
    return Vectors.ofLengthOne(Vectors.base64(Json.parse(numbers), 3));
  }
}
