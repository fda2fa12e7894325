package mimo.agent.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A19, S59: a key goes to its own origin and nowhere else, messages included.
class ApiKeyTest {

  private static final URI HOME = URI.create("https://api.acme.example/v1");
  private static final ApiKey KEY = ApiKey.of(" sk-4711\n", HOME);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.acme.example/v2/chat/completions",
        "https://api.acme.example:443/",
        "HTTPS://API.ACME.example/x"
      })
  void goesToItsOrigin(URI url) {
    assertEquals(Optional.of("Bearer sk-4711"), KEY.in(KeyHeader.AUTHORIZATION, url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.acme.example/v1",
        "https://api.acme.example:8443/v1",
        "https://acme.example/v1",
        "https://api.acme.example.evil.example/v1",
        "https://api.acme.example@evil.example/v1"
      })
  void goesNowhereElse(URI url) {
    assertEquals(Optional.empty(), KEY.in(KeyHeader.AUTHORIZATION, url));
  }

  @Test
  void isNotInWhatItPrints() {
    assertEquals("ApiKey[https://api.acme.example]", KEY.toString());
    assertEquals("key [key], twice [key]", KEY.hiddenIn("key sk-4711, twice sk-4711"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "sk 1", "sk\r\nHost: evil", "schlüssel", "sk\u0000"})
  void refusesWhatNoHeaderCarriesWithoutShowingIt(String value) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> ApiKey.of(value, HOME));

    assertEquals(
        "the API key for https://api.acme.example is empty, or holds a blank or a character that"
            + " is not ASCII; copy it again",
        refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:11434/v1,http://127.0.0.1:11434",
    "http://localhost:80/,http://localhost",
    "https://[::1]:8443/x,https://[::1]:8443"
  })
  void anOriginIsSchemeHostAndPort(URI url, String origin) {
    assertEquals(origin, Origin.of(url).toString());
    assertFalse(Origin.of(url).host().isEmpty());
  }
}
