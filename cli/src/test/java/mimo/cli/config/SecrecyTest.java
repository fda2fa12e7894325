package mimo.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class SecrecyTest {

  @Test
  void dotsStandForEachCharacterOfAKeyAndForNothingElse() {
    assertEquals(
        "{\"a\": {\"apiKey\": \"......\", \"baseUrl\": \"http://h\"}}",
        Secrecy.masked("{\"a\": {\"apiKey\": \"sk-123\", \"baseUrl\": \"http://h\"}}"));
  }

  @Test
  void aKeyThatIsNotClosedIsHiddenToTheEndOfItsLine() {
    assertEquals(
        "\"apiKey\":\".......\n\"model\": \"m\"",
        Secrecy.masked("\"apiKey\":\"sk-123,\n\"model\": \"m\""));
  }
}
