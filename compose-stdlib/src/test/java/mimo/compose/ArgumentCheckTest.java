package mimo.compose;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArgumentCheckTest {

  private static final String SCHEMA =
      """
      {"type":"object","additionalProperties":false,
       "properties":{"dir":{"type":"string","minLength":1}}}
      """;

  @Test
  void argumentsThatFitPass() {
    assertDoesNotThrow(() -> ArgumentCheck.check("w", "{\"dir\":\".\"}", SCHEMA));
    assertDoesNotThrow(() -> ArgumentCheck.check("w", null, SCHEMA));
  }

  @Test
  void everyArgumentThatDoesNotFitIsNamed() {
    var failure =
        assertThrows(
            ComposeException.class,
            () -> ArgumentCheck.check("w", "{\"dir\":7,\"dri\":1}", SCHEMA));

    assertEquals("args_mismatch", failure.code());
    var message = String.valueOf(failure.getMessage());
    assertTrue(message.startsWith("the arguments do not fit workflow 'w': "), message);
    assertTrue(message.contains("dir") && message.contains("dri"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{} {}", "{\"dir\":\".\"} and more"})
  void textThatIsNotOneJsonValueIsRefused(String text) {
    var failure =
        assertThrows(ComposeException.class, () -> ArgumentCheck.check("w", text, SCHEMA));

    assertEquals("args_invalid", failure.code());
  }

  @Test
  void textThatIsNoJsonIsRefusedWithItsPlace() {
    var failure =
        assertThrows(ComposeException.class, () -> ArgumentCheck.check("w", "{\"dir\":", SCHEMA));

    assertEquals("args_invalid", failure.code());
    assertTrue(String.valueOf(failure.getMessage()).contains("line 1"), failure.getMessage());
  }
}
