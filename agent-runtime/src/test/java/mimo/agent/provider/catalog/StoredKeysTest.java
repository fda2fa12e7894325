package mimo.agent.provider.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.agent.provider.KeyHeader;
import mimo.agent.provider.Origin;
import mimo.agent.provider.Resolution.Resolved;
import mimo.agent.provider.Resolution.Unresolved;
import mimo.agent.provider.catalog.DefaultModel.Chosen;
import org.junit.jupiter.api.Test;

/// A19, S59: stored keys go where they were stored for, and nowhere else.
class StoredKeysTest {

  private static final Origin GROQ = Origin.of(URI.create("https://api.groq.com"));

  private final Catalogs catalogs = new Catalogs();
  private final CatalogSettings stored =
      CatalogSettings.NONE.withKeys(Map.of("groq", new StoredKey("stored", GROQ)));

  @Test
  void countWhereNothingElseHoldsAKey() {
    assertEquals("stored", keyOf(catalogs.of(stored, Map.of())));
    assertEquals("variable", keyOf(catalogs.of(stored, Map.of("GROQ_API_KEY", "variable"))));
    assertEquals(
        "configured",
        keyOf(
            catalogs.of(
                moved(ProviderSettings.NONE.withApiKey("configured")),
                Map.of("GROQ_API_KEY", "variable"))));
  }

  @Test
  void areSentNowhereElse() {
    var elsewhere = moved(ProviderSettings.at("https://proxy.example/v1"));

    var refusal = (Unresolved) catalogs.of(elsewhere, Map.of()).resolve("groq/g");

    assertEquals("no_key", refusal.code());
    assertEquals(
        "the stored key of provider groq belongs to https://api.groq.com, and is sent nowhere"
            + " else. Set GROQ_API_KEY, run mimo auth login groq, or set"
            + " provider.groq.options.apiKey in the user's configuration.",
        refusal.message());
  }

  @Test
  void withoutAnOriginBelongToThePresetsOwnAddress() {
    var keys = Map.of("groq", new StoredKey("stored", null), "corp", new StoredKey("c", null));
    var settings = CatalogSettings.NONE.withKeys(keys);

    assertEquals("stored", keyOf(catalogs.of(settings, Map.of())));
    assertEquals(
        "no_key",
        ((Unresolved)
                catalogs
                    .of(moved(ProviderSettings.at("http://10.0.0.1/v1")).withKeys(keys), Map.of())
                    .resolve("groq/g"))
            .code());
  }

  @Test
  void serveProvidersOfTheUsersOwn() {
    var settings =
        new CatalogSettings(
                null, Map.of("corp", ProviderSettings.at("https://llm.corp:8443/v1")), Map.of())
            .withKeys(
                Map.of("corp", new StoredKey("c", Origin.of(URI.create("https://llm.corp:8443")))));

    assertEquals(
        "corp/m", ((Resolved) catalogs.of(settings, Map.of()).resolve("corp/m")).reference());
    assertNotNull(catalogs.opened.getFirst().key());
  }

  @Test
  void chooseTheDefaultModelAndSaySo() {
    assertEquals(
        new Chosen(
            "groq/openai/gpt-oss-120b",
            "model groq/openai/gpt-oss-120b, since auth.json holds its key"),
        catalogs.of(stored, Map.of()).defaultModel());
  }

  @Test
  void areNamedByTheirPlaceAndNeverShown() {
    var groq =
        catalogs.of(stored, Map.of()).providers().stream()
            .filter(provider -> provider.id().equals("groq"))
            .findFirst()
            .orElseThrow();

    assertEquals("auth.json", groq.keySource());
    assertEquals(List.of("GROQ_API_KEY"), groq.keyVariables());
    assertFalse(groq.lacksKey());
    assertFalse(stored.toString().contains("=stored"), stored.toString());
  }

  private CatalogSettings moved(ProviderSettings groq) {
    return new CatalogSettings(null, Map.of("groq", groq), Map.of()).withKeys(stored.keys());
  }

  private String keyOf(ModelCatalog catalog) {
    catalogs.opened.clear();
    catalog.resolve("groq/g");
    var endpoint = catalogs.opened.getFirst();
    return Optional.ofNullable(endpoint.key())
        .flatMap(key -> key.in(KeyHeader.X_API_KEY, endpoint.baseUrl()))
        .orElse("none");
  }
}
