package mimo.agent.provider.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.agent.provider.Resolution.Resolved;
import mimo.agent.provider.catalog.ModelCatalog.Surroundings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What names mean by the settings alone.
class SettledNamesTest {

  private final Catalogs catalogs = new Catalogs();
  private final CatalogSettings settings =
      new CatalogSettings("own", Map.of(), Map.of("own", "groq/g", "fast", "groq/f"));

  @ParameterizedTest
  @CsvSource({"fast,f", "groq/x,x", "inherit,g", "haiku,g", "'',g"})
  void isWhatTheSettingsTell(String reference, String model) {
    var meant = catalogs.of(settings, Map.of("GROQ_API_KEY", "k")).settled(reference).orElseThrow();

    assertEquals(model, ((Resolved) meant).model());
  }

  @Test
  void isNothingWhereOnlyALookAtThisMachineTells() {
    var catalog =
        catalogs.of(
            CatalogSettings.NONE,
            new Surroundings(
                Map.of(),
                (urls, limit) -> {
                  throw new AssertionError("asked " + urls);
                },
                Watcher.NOBODY));

    assertEquals(Optional.empty(), catalog.settled(null));
    assertEquals(Optional.empty(), catalog.settled("haiku"));
    assertEquals(List.of(), catalogs.notices);
  }
}
