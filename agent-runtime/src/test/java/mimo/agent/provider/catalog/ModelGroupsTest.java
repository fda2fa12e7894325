package mimo.agent.provider.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.Resolution.Resolved;
import mimo.agent.provider.Resolution.Unresolved;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A18: groups of models, and the names that mean the default model until they mean more.
class ModelGroupsTest {

  private static final Map<String, String> KEYS =
      Map.of("GROQ_API_KEY", "k", "OPENAI_API_KEY", "k", "XIAOMI_API_KEY", "k", "XAI_API_KEY", "k");

  private static final Map<String, ModelGroup> GROUPS =
      Map.of(
          "lite",
          new ModelGroup("openai/gpt-5-nano", List.of("groq/small", "mimo/flash")),
          "ultra",
          new ModelGroup("xai/grok-4.3", List.of()));

  private final Catalogs catalogs = new Catalogs();

  @ParameterizedTest
  @CsvSource({
    "groq/big, lite, groq/small",
    "xiaomi/pro, lite, xiaomi/flash",
    "mimo/pro, lite, xiaomi/flash",
    "openai/gpt-5, lite, openai/gpt-5-nano",
    "xai/grok-4.3, lite, openai/gpt-5-nano",
    "groq/big, ultra, xai/grok-4.3",
    "groq/big, groq/lite, groq/lite",
    "fast, lite, groq/small",
    "lite, lite, openai/gpt-5-nano"
  })
  void preferAMemberAtTheCallersProvider(String caller, String name, String meant) {
    var settings =
        new CatalogSettings("xai/grok-4.3", Map.of(), Map.of("fast", "groq/fast"))
            .withGroups(GROUPS);

    assertEquals(meant, reference(catalogs.of(settings, KEYS).resolve(name, caller)));
  }

  @Test
  void takeTheUsersModelForTheCallerWhereNobodyElseAsks() {
    var settings = CatalogSettings.NONE.withModel("groq/big").withGroups(GROUPS);

    assertEquals("groq/small", reference(catalogs.of(settings, KEYS).resolve("lite")));
  }

  @Test
  void areFollowedFromAliases() {
    var settings =
        new CatalogSettings("groq/big", Map.of(), Map.of("haiku", "lite")).withGroups(GROUPS);
    var catalog = catalogs.of(settings, KEYS);

    assertEquals("groq/small", reference(catalog.resolve("haiku")));
    assertEquals(
        Map.of("haiku", "groq/small", "lite", "groq/small", "ultra", "xai/grok-4.3"),
        catalog.aliases());
  }

  @Test
  void mayBeTheDefault() {
    var settings = CatalogSettings.NONE.withModel("ultra").withGroups(GROUPS);

    assertEquals("xai/grok-4.3", reference(catalogs.of(settings, KEYS).resolve(null)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ultra", "standard", "lite", "small"})
  void meanTheDefaultUntilSomebodySaysMore(String name) {
    var catalog = catalogs.of(CatalogSettings.NONE.withModel("groq/g"), KEYS);

    assertEquals("groq/g", reference(catalog.resolve(name)));
    assertEquals("groq/g", reference(catalog.named(name)));
    assertTrue(catalog.maps(name));
    assertEquals(List.of(), catalogs.notices);
  }

  @Test
  void knowTheModelForSmallWork() {
    var settings = CatalogSettings.NONE.withModel("groq/g").withSmallModel("xai/mini");
    var catalog = catalogs.of(settings, KEYS);

    assertEquals("xai/mini", reference(catalog.named("small")));
    assertEquals(Map.of("small", "xai/mini"), catalog.aliases());
  }

  @Test
  void areSuggestedToWhoeverMistypesOne() {
    var settings = CatalogSettings.NONE.withGroups(GROUPS);

    assertEquals(
        new Unresolved(
            "model_unknown",
            "there is no model 'lightly'. Names of yours are lite, ultra. mimo models lists what"
                + " there is."),
        catalogs.of(settings, KEYS).named("lightly"));
    assertEquals(
        new Unresolved(
            "model_unknown",
            "there is no model 'ultr'. Did you mean 'ultra'? Names of yours are lite, ultra."
                + " mimo models lists what there is."),
        catalogs.of(settings, KEYS).named("ultr"));
  }

  private static String reference(Resolution resolution) {
    return ((Resolved) resolution).reference();
  }
}
