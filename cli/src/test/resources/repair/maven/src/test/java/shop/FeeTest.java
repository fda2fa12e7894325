package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FeeTest {

  @Test
  void fiftyIsFree() {
    assertEquals(0, Fee.of(5_000));
  }

  @Test
  void lessIsNot() {
    assertEquals(490, Fee.of(4_999));
  }
}
