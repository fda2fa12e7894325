package mimo.agent.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ExcerptTest {

  @Test
  void endsBetweenWordsSoThatNoHalfOfASecretIsKeptM10() {
    assertEquals("the key is …", Excerpt.of("the key is kq7Vn2Zx8Rt5Lm3P, says he", 20));
    assertEquals(" …", Excerpt.of("kq7Vn2Zx8Rt5Lm3Pkq7Vn2Zx8Rt5Lm3P", 20));
  }

  @Test
  void keepsWhatFitsAndWhatHasNoBlanks() {
    assertEquals("it fits", Excerpt.of("it fits", 7));
    assertEquals("价格以分 …", Excerpt.of("价格以分为单位保存", 4));
  }
}
