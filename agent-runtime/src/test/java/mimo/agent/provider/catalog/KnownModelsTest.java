package mimo.agent.provider.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import mimo.agent.provider.Price;
import mimo.agent.provider.ProviderEndpoint.Dialect.OutputLimit;
import mimo.agent.provider.ProviderEndpoint.Dialect.Reasoning;
import mimo.agent.provider.Resolution.Resolved;
import mimo.agent.provider.catalog.KnownModel.Ability;
import mimo.agent.provider.catalog.Preset.Place;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A16, A17, A33: what is known of providers and of their models.
class KnownModelsTest {

  private static final Map<String, String> KEYS =
      Presets.load().all().stream()
          .flatMap(preset -> preset.keys().stream())
          .collect(Collectors.toMap(key -> key, key -> "k"));

  private final Catalogs catalogs = new Catalogs();
  private final KnownModels known = new KnownModels();

  @Test
  void everyPresetIsAsTheTableSays() {
    var table =
        Presets.load().all().stream()
            .map(preset ->
                "%s|%s|%s|%s"
                    .formatted(
                        preset.id(),
                        preset.protocol(),
                        String.join(" ", preset.keys()),
                        preset.baseUrl()))
            .toList();

    assertEquals(
        List.of(
            "xiaomi|OPENAI_CHAT|XIAOMI_API_KEY MIMO_API_KEY|https://api.xiaomimimo.com/v1",
            "anthropic|ANTHROPIC|ANTHROPIC_API_KEY|https://api.anthropic.com/v1",
            "openai|OPENAI_RESPONSES|OPENAI_API_KEY|https://api.openai.com/v1",
            "deepseek|OPENAI_CHAT|DEEPSEEK_API_KEY|https://api.deepseek.com/v1",
            "openrouter|OPENAI_CHAT|OPENROUTER_API_KEY|https://openrouter.ai/api/v1",
            "gemini|OPENAI_CHAT|GEMINI_API_KEY|"
                + "https://generativelanguage.googleapis.com/v1beta/openai",
            "groq|OPENAI_CHAT|GROQ_API_KEY|https://api.groq.com/openai/v1",
            "mistral|OPENAI_CHAT|MISTRAL_API_KEY|https://api.mistral.ai/v1",
            "xai|OPENAI_CHAT|XAI_API_KEY|https://api.x.ai/v1",
            "moonshot|OPENAI_CHAT|MOONSHOT_API_KEY|https://api.moonshot.ai/v1",
            "alibaba|OPENAI_CHAT|DASHSCOPE_API_KEY|"
                + "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
            "ollama|OPENAI_CHAT||http://127.0.0.1:11434/v1",
            "lmstudio|OPENAI_CHAT||http://127.0.0.1:1234/v1",
            "llama-server|OPENAI_CHAT||http://127.0.0.1:8080/v1",
            "vllm|OPENAI_CHAT||http://127.0.0.1:8000/v1"),
        table);
  }

  @ParameterizedTest
  @CsvSource({
    "xiaomi,SENT_BACK,MAX_COMPLETION_TOKENS",
    "deepseek,SENT_BACK,MAX_TOKENS",
    "moonshot,SENT_BACK,MAX_TOKENS",
    "groq,DROPPED,MAX_TOKENS",
    "gemini,DROPPED,MAX_TOKENS"
  })
  void reasoningGoesBackWhereTheProviderWantsIt(
      String provider, Reasoning reasoning, OutputLimit limit) {
    catalogs.of(CatalogSettings.NONE, KEYS).resolve(provider + "/m");

    var dialect = catalogs.opened.getFirst().dialect();
    assertEquals(reasoning, dialect.reasoning("m"));
    assertEquals(limit, dialect.outputLimit());
  }

  @Test
  void openaiSpeaksResponses() {
    catalogs.of(CatalogSettings.NONE, KEYS).resolve("openai/gpt-5-mini");

    assertEquals(List.of("responses openai"), catalogs.protocols);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o,true,false",
    "gpt-4o-2024-08-06,true,false",
    "gpt-5-chat-latest,true,false",
    "gpt-5-mini,false,true",
    "gpt-5-mini-2025-08-07,false,true",
    "gpt-9,false,false"
  })
  void someModelsCannotThinkAndAreNotAskedTo(String model, boolean dropped, boolean thinks) {
    catalogs.of(CatalogSettings.NONE, KEYS).resolve("openai/" + model);

    var dialect = catalogs.opened.getFirst().dialect();
    assertEquals(dropped, dialect.isDropped(model));
    assertEquals(thinks, dialect.thinks(model));
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-9,,'',false",
    "gpt-9,true,'',true",
    "gpt-9,,low high,true",
    "gpt-9,false,low high,false",
    "gpt-5-mini,,'',true",
    "gpt-5-mini,false,'',false",
    "gpt-5-mini-2025-08-07,,'',true"
  })
  void theUserSaysWhichModelsThink(
      String model, @Nullable Boolean said, String efforts, boolean thinks) {
    var levels = ProviderSettings.efforts(efforts);
    var own =
        ProviderSettings.NONE.withModels(
            Map.of(model, new OwnModel(Price.FREE, null, null, levels, said, null)));

    catalogs
        .of(new CatalogSettings(null, Map.of("openai", own), Map.of()), KEYS)
        .resolve("openai/" + model);

    assertEquals(thinks, catalogs.opened.getFirst().dialect().thinks(model));
  }

  @Test
  void everyModelBelongsToAPresetAndSaysWhatItCosts() {
    int models = 0;
    for (var preset : Presets.load().all()) {
      for (var model : known.of(preset.id()).entrySet()) {
        assertTrue(model.getValue().price() != null, model.getKey());
        assertTrue(model.getValue().abilities().contains(Ability.TOOLS), model.getKey());
        models++;
      }
    }
    assertTrue(models >= 40, "only " + models);
  }

  @Test
  void theUsualModelsOfProvidersAreKnown() {
    for (var preset : Presets.load().all()) {
      var usual = preset.model();
      if (preset.place() == Place.ELSEWHERE && usual != null && !UNPRICED.contains(preset.id())) {
        assertNotEquals(KnownModel.UNKNOWN, known.find(preset.id(), usual), preset.id());
      }
    }
  }

  /// What is behind these names changes, and so does its price.
  private static final Set<String> UNPRICED = Set.of("openrouter", "gemini");

  @ParameterizedTest
  @CsvSource({
    "anthropic,claude-sonnet-4-5-20250929,claude-sonnet-4-5",
    "openai,gpt-5-mini-2025-08-07,gpt-5-mini",
    "openai,gpt-5-chat-latest,gpt-5-chat"
  })
  void anEditionIsTheModel(String provider, String edition, String model) {
    assertEquals(known.find(provider, model), known.find(provider, edition));
  }

  @Test
  void anotherModelIsNotTheOneWhoseNameItBeginsWith() {
    assertEquals(KnownModel.UNKNOWN, known.find("openai", "gpt-5-turbo"));
  }

  @Test
  void pricesAreKnownAndTheUsersCountBeforeThem() {
    var own = ProviderSettings.NONE.withModels(Map.of("gpt-5-mini", OwnModel.costing(Price.FREE)));
    var mine = new CatalogSettings(null, Map.of("openai", own), Map.of());

    assertEquals(
        new Price(250_000, 2_000_000, 25_000), price(CatalogSettings.NONE, "openai/gpt-5-mini"));
    assertEquals(Price.FREE, price(mine, "openai/gpt-5-mini"));
    assertEquals(Price.FREE, price(CatalogSettings.NONE, "ollama/qwen3"));
    assertNull(price(CatalogSettings.NONE, "openai/gpt-99"));
  }

  @Test
  void theUserSaysMoreOfAModel() {
    var said = new OwnModel(null, 1_000, 77, Set.of(), true, true);
    var own = ProviderSettings.NONE.withModels(Map.of("m", said));
    var settings = new CatalogSettings(null, Map.of("groq", own), Map.of());

    catalogs.of(settings, KEYS).resolve("groq/m");

    var dialect = catalogs.opened.getFirst().dialect();
    assertEquals(Reasoning.SENT_BACK, dialect.reasoning("m"));
    assertEquals(77, dialect.atMost("m", 1_000));
    assertEquals(1_000, dialect.atMost("other", 1_000));
  }

  private @Nullable Price price(CatalogSettings settings, String name) {
    return ((Resolved) catalogs.of(settings, KEYS).resolve(name)).price();
  }
}
