package dev.quorate.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorTest {
  @Test
  void aVectorOfAnotherLengthIsBroughtToOne() {
    assertThat(Vector.of(new float[] {3, 4}).values()).containsExactly(0.6f, 0.8f);
  }

  @Test
  void oneThatIsNearEnoughToOneStaysAsItIs() {
    var values = new float[] {0.6f, 0.8004f};
    assertThat(Vector.of(values).values()).containsExactly(values);
  }

  @Test
  void encodingKeepsEveryBit() {
    var vector = Vector.of(new float[] {0.1f, -0.2f, 0.9746794f});
    assertThat(Vector.decode(vector.encoded())).isEqualTo(vector);
    assertThat(Vector.of(new float[] {1}).encoded()).isEqualTo("AACAPw==");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsRefused(float value) {
    assertThatThrownBy(() -> Vector.of(new float[] {0.5f, value}))
        .isInstanceOf(UnusableVector.class)
        .hasMessage("a vector's values are finite: " + value);
  }

  @Test
  void nothingAndNothingButZerosAreRefused() {
    assertThatThrownBy(() -> Vector.of(new float[0])).hasMessage("a vector has 1..4096 values: 0");
    assertThatThrownBy(() -> Vector.of(new float[Vector.DIMENSION_MAX + 1]))
        .hasMessage("a vector has 1..4096 values: 4097");
    assertThatThrownBy(() -> Vector.of(new float[3]))
        .hasMessage("a vector of nothing but zeros has no direction");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAA=", "no base64!", "AAAAAA=="})
  void whatIsNoVectorIsNotDecoded(String encoded) {
    assertThatThrownBy(() -> Vector.decode(encoded)).isInstanceOf(UnusableVector.class);
  }

  @Test
  void similarityIsTheCosine() {
    var east = Vector.of(new float[] {1, 0});
    assertThat(east.similarity(Vector.of(new float[] {1, 1}))).isCloseTo(0.7071, within(1e-4));
    assertThat(east.similarity(Vector.of(new float[] {-2, 0}))).isEqualTo(-1);
    assertThatThrownBy(() -> east.similarity(Vector.of(new float[] {1})))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
