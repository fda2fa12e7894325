package mimo.agent.provider.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  void theModelForSmallWorkMayBeCalledByAShortName() {
    var settings =
        new CatalogSettings("groq/big", Map.of(), Map.of("haiku", "lite"))
            .withGroups(GROUPS)
            .withSmallModel("haiku");
    var catalog = catalogs.of(settings, KEYS);

    assertEquals("groq/small", reference(catalog.resolve("small")));
    assertEquals("groq/small", catalog.aliases().get("small"));
  }

  @ParameterizedTest
  @CsvSource({"groq/big, groq/fast", "openai/gpt-5, xai/grok-4.3", "quick, groq/fast"})
  void haveMembersThatMayBeCalledByShortNames(String caller, String meant) {
    var settings =
        new CatalogSettings(
                "xai/grok-4.3", Map.of(), Map.of("quick", "groq/fast", "wise", "xai/grok-4.3"))
            .withGroups(Map.of("any", new ModelGroup("wise", List.of("quick"))));

    assertEquals(meant, reference(catalogs.of(settings, KEYS).resolve("any", caller)));
  }

  @Test
  void thatLeadBackToThemselvesMeanNoModel() {
    var settings =
        new CatalogSettings("groq/g", Map.of(), Map.of("one", "two", "two", "pair", "own", "own"))
            .withGroups(Map.of("pair", new ModelGroup("one", List.of())));
    var catalog = catalogs.of(settings, KEYS);
    var endless =
        new Unresolved(
            "model_unknown",
            "the model name 'one' leads from name to name, but to no model within 3 steps:"
                + " one -> two -> pair -> one -> two. Correct model_aliases, model_groups or"
                + " small_model.");

    assertEquals(endless, catalog.resolve("one"));
    assertEquals(endless, catalog.named("one"));
    assertEquals(Optional.of(endless), catalog.settled("one"));
    assertEquals(endless, catalogs.of(settings.withModel("one"), KEYS).resolve(null));
    assertTrue(catalog.maps("one"));
    assertEquals(
        endless,
        catalogs
            .of(new CatalogSettings("groq/g", Map.of(), catalog.aliases()), KEYS)
            .resolve("one"),
        "a run that has noted it knows that, too");
    assertEquals("groq/g", reference(catalog.resolve("own")), "a name may stand for itself");
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
