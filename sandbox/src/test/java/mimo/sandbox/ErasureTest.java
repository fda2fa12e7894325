package mimo.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErasureTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          "let a: T = 1",   "let a    = 1",  true
          "f<T>(a)",        "f   (a)",       true
          "type A = 1",     ";         ",    true
          "async <T>(a)",     "async (   a)",  true
          "let a: T = 1",   "let a    = 2",  false
          "let a: T = 1",   "let a    = 1 ", false
          "a\nb",           "a b",           false
          "a\rb",           "a b",           false
          "a b",            "a\nb",          false
          """)
  void erasingIsBlankingAndNothingElse(String source, String erased, boolean expected) { // L3
    assertEquals(expected, Erasure.isBlanked(source, erased));
  }
}
