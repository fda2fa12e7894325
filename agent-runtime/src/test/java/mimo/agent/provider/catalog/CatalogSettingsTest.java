package mimo.agent.provider.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogSettingsTest {

  @Test
  void aWholeNameIsNoAliasOfAnotherA18() {
    var aliases = Map.of("groq/g", "xai/x", "short", "groq/g");

    var settings = new CatalogSettings(null, Map.of(), aliases);

    assertEquals(Map.of("short", "groq/g"), settings.aliases());
    assertEquals(Map.of("short", "groq/g"), settings.withModel("short").aliases());
  }
}
