package mimo.agent.provider.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mimo.agent.provider.Effort;
import mimo.agent.provider.EffortSupport;
import mimo.agent.provider.KeyHeader;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Price;
import mimo.agent.provider.Provider;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.ProviderEndpoint.Patience;
import mimo.agent.provider.Resolution.Resolved;
import mimo.agent.provider.Resolution.Unresolved;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.Thinking;
import mimo.agent.provider.catalog.DefaultModel.Chosen;
import mimo.agent.provider.catalog.DefaultModel.None;
import mimo.agent.provider.catalog.ModelCatalog.Makers;
import mimo.agent.provider.catalog.ModelCatalog.Surroundings;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A17, A18, A20, L71: what a name means.
class ModelCatalogTest {

  private static final String KNOWN =
      "alibaba, anthropic, deepseek, gemini, groq, llama-server, lmstudio, mistral, moonshot,"
          + " offline, ollama, openai, openrouter, vllm, xai, xiaomi";
  private static final Provider OFFLINE = new NamedProvider("offline");

  private final List<ProviderEndpoint> opened = new ArrayList<>();
  private final List<String> overMessages = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();

  @Nested
  class Names {

    @ParameterizedTest
    @CsvSource({
      "xiaomi/mimo-v2-pro,https://api.xiaomimimo.com/v1",
      "mimo/mimo-v2-pro,https://api.xiaomimimo.com/v1",
      "openai/gpt-x,https://api.openai.com/v1",
      "deepseek/d,https://api.deepseek.com/v1",
      "openrouter/meta/llama:free,https://openrouter.ai/api/v1",
      "gemini/g,https://generativelanguage.googleapis.com/v1beta/openai",
      "groq/g,https://api.groq.com/openai/v1",
      "mistral/m,https://api.mistral.ai/v1",
      "xai/x,https://api.x.ai/v1",
      "moonshot/k,https://api.moonshot.ai/v1",
      "alibaba/q,https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
      "ollama/qwen3:8b,http://127.0.0.1:11434/v1",
      "lmstudio/l,http://127.0.0.1:1234/v1",
      "llama-server/l,http://127.0.0.1:8080/v1",
      "vllm/v,http://127.0.0.1:8000/v1"
    })
    void ofAPresetAreLiteral(String name, URI url) {
      var resolution = (Resolved) catalog(CatalogSettings.NONE, allKeys()).resolve(name);

      assertEquals(name.substring(name.indexOf('/') + 1), resolution.model());
      assertEquals(url, opened.getLast().baseUrl());
      assertEquals(name.replaceFirst("^mimo/", "xiaomi/"), resolution.reference());
    }

    @Test
    void ofOneProviderShareIt() {
      var catalog = catalog(CatalogSettings.NONE, allKeys());

      var first = (Resolved) catalog.resolve("groq/a");
      var second = (Resolved) catalog.resolve("groq/b");

      assertSame(first.provider(), second.provider());
      assertEquals(1, opened.size());
    }

    @Test
    void ofAnUnknownProviderAreRefusedWithTheNearest() {
      assertEquals(
          new Unresolved(
              "model_unknown",
              "model 'depseek/chat' names the unknown provider 'depseek'. Did you mean 'deepseek'?"
                  + " Known are "
                  + KNOWN
                  + "; another needs provider.depseek.options.baseURL."),
          catalog(CatalogSettings.NONE, Map.of()).resolve("depseek/chat"));
    }

    @Test
    void withoutAKeyNameTheVariables() {
      assertEquals(
          new Unresolved(
              "no_key",
              "provider xiaomi needs a key. Set XIAOMI_API_KEY or MIMO_API_KEY, run mimo auth login"
                  + " xiaomi, or set provider.xiaomi.options.apiKey in the user's configuration."),
          catalog(CatalogSettings.NONE, Map.of("XIAOMI_API_KEY", " ")).resolve("xiaomi/m"));
    }

    @Test
    void ofAnthropicSpeakItsOwnProtocol() {
      var catalog = catalog(CatalogSettings.NONE, allKeys());

      assertEquals(
          "anthropic/claude-x", ((Resolved) catalog.resolve("anthropic/claude-x")).reference());
      assertEquals("groq/g", ((Resolved) catalog.resolve("groq/g")).reference());
      assertEquals(List.of("anthropic"), overMessages);
    }

    @Test
    void ofTheOfflineModelNeedNoSlash() {
      var catalog = catalog(CatalogSettings.NONE, Map.of());

      var any = new EffortSupport(EnumSet.allOf(Effort.class), Thinking.Manner.WORD);
      assertEquals(new Resolved(OFFLINE, "scripted", Price.FREE, any), catalog.resolve("offline"));
      assertEquals(new Resolved(OFFLINE, "x", Price.FREE, any), catalog.resolve("offline/x"));
    }

    @Test
    void ofAProviderAloneMeanItsDefaultModel() {
      var catalog = catalog(CatalogSettings.NONE, allKeys());

      assertEquals("xiaomi/mimo-v2.6-flash", ((Resolved) catalog.resolve("mimo")).reference());
      assertEquals(
          new Unresolved(
              "model_unknown", "provider ollama has no default model; write ollama/model."),
          catalog.resolve("ollama"));
    }

    @Test
    void thatAreAliasesAreFollowed() {
      var settings =
          new CatalogSettings(null, Map.of(), Map.of("haiku", "groq/small", "opus", "offline"));
      var catalog = catalog(settings, allKeys());

      assertEquals("groq/small", ((Resolved) catalog.resolve("haiku")).reference());
      assertSame(OFFLINE, ((Resolved) catalog.resolve("opus")).provider());
      assertEquals(List.of(), notices);
    }

    @Test
    void thatNobodyMappedMeanTheDefaultAndAreNoticedOnce() {
      var catalog = catalog(CatalogSettings.NONE.withModel("groq/g"), allKeys());

      for (int i = 0; i < 3; i++) {
        assertEquals("groq/g", ((Resolved) catalog.resolve("sonnet")).reference());
      }

      assertEquals(
          List.of(
              "the model name 'sonnet' is not mapped: the default model is used."
                  + " Map it with model_aliases, or write provider/id."),
          notices);
    }

    @ParameterizedTest
    @CsvSource({"inherit", "''"})
    void thatNameNothingMeanTheDefault(String name) {
      var catalog = catalog(CatalogSettings.NONE.withModel("groq/g"), allKeys());

      assertEquals("groq/g", ((Resolved) catalog.resolve(name)).reference());
      assertEquals(List.of(), notices);
    }
  }

  @Nested
  class OwnProviders {

    @Test
    void areReachedWhereTheUserSays() {
      var own =
          new ProviderSettings(
              "https://llm.corp.example:8443/api",
              "k-1",
              null,
              Map.of("big", OwnModel.costing(new Price(1, 2, 3))),
              new Patience(Duration.ofSeconds(1), Duration.ofSeconds(2)));
      var catalog = catalog(settings("corp", own), Map.of());

      var big = (Resolved) catalog.resolve("corp/big");
      var small = (Resolved) catalog.resolve("corp/small");

      assertEquals(new Price(1, 2, 3), big.price());
      assertEquals(null, small.price());
      var endpoint = opened.getFirst();
      assertEquals("https://llm.corp.example:8443", endpoint.origin().toString());
      assertEquals(own.patience(), endpoint.patience());
      assertEquals(Dialect.PLAIN.usage(), endpoint.dialect().usage());
      assertEquals("ApiKey[https://llm.corp.example:8443]", String.valueOf(endpoint.key()));
    }

    @Test
    void withoutAnAddressAreRefused() {
      var settings = settings("corp", ProviderSettings.NONE.withApiKey("k"));

      assertEquals(
          new Unresolved(
              "provider_config",
              "provider corp is not one mimo knows, so provider.corp.options.baseURL must say"
                  + " where it is."),
          catalog(settings, Map.of()).resolve("corp/big"));
    }

    @ParameterizedTest
    @CsvSource({"ftp://x/v1", "nonsense", "http:///v1", "http://h/v1?key=k", "http://a b/"})
    void withAWrongAddressAreRefused(String url) {
      var resolution =
          catalog(settings("corp", ProviderSettings.at(url)), Map.of()).resolve("corp/b");

      assertEquals(
          new Unresolved(
              "provider_config",
              "provider corp: '"
                  + url
                  + "' must be an address like https://host/path or http://host:port/path"),
          resolution);
    }

    @Test
    void withAnIllegalKeyAreRefusedWithoutShowingIt() {
      var settings = settings("corp", ProviderSettings.at("http://h/v1").withApiKey("se\ncret"));

      var refusal = (Unresolved) catalog(settings, Map.of()).resolve("corp/b");

      assertEquals("provider_config", refusal.code());
      assertFalse(refusal.message().contains("cret"), refusal.message());
      assertFalse(settings.toString().contains("cret"), settings.toString());
    }

    @Test
    void speakWhatTheUserSays() {
      var own = ProviderSettings.at("http://h/v1").withProtocol(ProtocolName.ANTHROPIC);
      var chat = ProviderSettings.NONE.withProtocol(ProtocolName.OPENAI_CHAT);
      var settings = new CatalogSettings(null, Map.of("corp", own, "anthropic", chat), Map.of());
      var catalog = catalog(settings, allKeys());

      assertInstanceOf(Resolved.class, catalog.resolve("corp/b"));
      assertInstanceOf(Resolved.class, catalog.resolve("anthropic/c"));

      assertEquals(List.of("corp"), overMessages);
    }

    @Test
    void speakNoProtocolNobodyKnows() {
      var refused = assertThrows(IllegalArgumentException.class, () -> ProtocolName.of("gopher"));

      assertEquals(
          "the protocol is one of openai-chat, openai-responses, anthropic, found 'gopher'",
          refused.getMessage());
    }

    @Test
    void mayChangeAPreset() {
      var settings =
          settings("openai", ProviderSettings.at("http://10.0.0.1:9/v1").withApiKey("own"));

      catalog(settings, allKeys()).resolve("openai/gpt-x");

      var endpoint = opened.getFirst();
      var key = endpoint.key();
      assertEquals(URI.create("http://10.0.0.1:9/v1"), endpoint.baseUrl());
      assertEquals(Dialect.OutputLimit.MAX_COMPLETION_TOKENS, endpoint.dialect().outputLimit());
      assertTrue(
          key != null
              && key.in(KeyHeader.AUTHORIZATION, endpoint.baseUrl())
                  .equals(Optional.of("Bearer own")));
      assertEquals(
          Optional.empty(),
          key.in(KeyHeader.AUTHORIZATION, URI.create("http://10.0.0.1:10/v1")),
          "another port");
    }

    @Test
    void mayChangeAPresetUnderItsOtherName() {
      var settings =
          settings("mimo", ProviderSettings.at("http://10.0.0.1:9/v1").withApiKey("own"));

      var model = (Resolved) catalog(settings, Map.of()).resolve("xiaomi/m");

      assertEquals("xiaomi/m", model.reference());
      assertEquals(URI.create("http://10.0.0.1:9/v1"), opened.getFirst().baseUrl());
    }

    @Test
    void pricesAreDollarsPerMillionTokens() {
      assertEquals(
          new Price(150_000, 2_500_000, 75_001),
          ProviderSettings.usdPerMillion(
              new BigDecimal("0.15"), new BigDecimal("2.5"), new BigDecimal("0.0750001")));
    }
  }

  @Nested
  class Defaults {

    @Test
    void areTheFirstPresetInTableOrderWhoseKeyIsSet() {
      var catalog =
          catalog(CatalogSettings.NONE, Map.of("GROQ_API_KEY", "g", "DEEPSEEK_API_KEY", "d"));

      assertEquals(
          new Chosen(
              "deepseek/deepseek-v4-flash",
              "model deepseek/deepseek-v4-flash, since DEEPSEEK_API_KEY is set"),
          catalog.defaultModel());
      assertEquals("deepseek/deepseek-v4-flash", ((Resolved) catalog.resolve(null)).reference());
    }

    @Test
    void preferWhatIsConfigured() {
      var catalog = catalog(CatalogSettings.NONE.withModel("groq/g"), allKeys());

      assertEquals(new Chosen("groq/g", "model groq/g, as configured"), catalog.defaultModel());
    }

    @Test
    void areOllamaBeforeLlamaServerWhereNoKeyIsSet() {
      assertEquals(
          new Chosen(
              "ollama/qwen3:8b",
              "model ollama/qwen3:8b, since no key is set and http://127.0.0.1:11434/v1 answers"),
          local(Watcher.NOBODY, Optional.of("qwen3:8b"), Optional.of("l")).defaultModel());
      assertEquals(
          new Chosen(
              "llama-server/l",
              "model llama-server/l, since no key is set and http://127.0.0.1:8080/v1 answers"),
          local(Watcher.NOBODY, Optional.empty(), Optional.of("l")).defaultModel());
    }

    @Test
    void areOfflineOnlyForSomeoneWhoWatches() {
      var catalog = local(Watcher.TERMINAL, Optional.empty(), Optional.empty());

      assertEquals(
          new Chosen(
              "offline",
              "model offline (scripted answers, not a language model), since no key is set and"
                  + " no model server answers here"),
          catalog.defaultModel());
      assertSame(OFFLINE, ((Resolved) catalog.resolve(null)).provider());
    }

    @Test
    void areNothingWithoutAnyoneWatching() {
      var catalog = local(Watcher.NOBODY, Optional.empty(), Optional.empty());

      var message =
          "no model is configured, no key is set, and neither ollama nor llama-server answers on"
              + " this machine. Set one of XIAOMI_API_KEY, ANTHROPIC_API_KEY, OPENAI_API_KEY,"
              + " DEEPSEEK_API_KEY, OPENROUTER_API_KEY, GEMINI_API_KEY, GROQ_API_KEY,"
              + " MISTRAL_API_KEY, XAI_API_KEY, MOONSHOT_API_KEY, DASHSCOPE_API_KEY, store a key by"
              + " mimo auth login, or name a model: --model provider/id, or --model offline for"
              + " scripted answers.";
      assertEquals(new None(message), catalog.defaultModel());
      assertEquals(new Unresolved("no_model", message), catalog.resolve(null));
    }

    @Test
    void areAnthropicsWhereItsKeyAloneIsSet() {
      var catalog = catalog(CatalogSettings.NONE, Map.of("ANTHROPIC_API_KEY", "a"));

      assertEquals(
          new Chosen(
              "anthropic/claude-sonnet-4-5",
              "model anthropic/claude-sonnet-4-5, since ANTHROPIC_API_KEY is set"),
          catalog.defaultModel());
    }

    @Test
    void thatMeanNothingAreRefused() {
      var catalog = catalog(CatalogSettings.NONE.withModel("best"), allKeys());

      assertEquals(
          new Unresolved(
              "model_unknown",
              "the default model 'best' is neither provider/id nor in model_aliases or"
                  + " model_groups."),
          catalog.resolve(null));
    }

    @Test
    void areLookedForOnce() {
      var searches = new ArrayList<List<URI>>();
      LocalServers servers =
          (urls, limit) -> {
            searches.add(urls);
            assertEquals(Duration.ofMillis(150), limit);
            return List.of(Optional.empty(), Optional.of("l"));
          };
      var catalog =
          new ModelCatalog(
              CatalogSettings.NONE,
              new Surroundings(Map.of(), servers, Watcher.NOBODY),
              makers(),
              notices::add);

      assertInstanceOf(Resolved.class, catalog.resolve(null));
      assertInstanceOf(Resolved.class, catalog.resolve("sonnet"));

      assertEquals(1, searches.size());
    }
  }

  private Makers makers() {
    return new Makers(this::open, this::open, this::openMessages, OFFLINE);
  }

  private Provider open(ProviderEndpoint endpoint) {
    opened.add(endpoint);
    return new NamedProvider(endpoint.id());
  }

  private Provider openMessages(ProviderEndpoint endpoint) {
    overMessages.add(endpoint.id());
    return open(endpoint);
  }

  private ModelCatalog catalog(CatalogSettings settings, Map<String, String> variables) {
    LocalServers nobody = (urls, limit) -> List.of(Optional.empty(), Optional.empty());
    return new ModelCatalog(
        settings, new Surroundings(variables, nobody, Watcher.NOBODY), makers(), notices::add);
  }

  private ModelCatalog local(Watcher watcher, Optional<String> ollama, Optional<String> llama) {
    return new ModelCatalog(
        CatalogSettings.NONE,
        new Surroundings(Map.of(), (urls, limit) -> List.of(ollama, llama), watcher),
        makers(),
        notices::add);
  }

  private static CatalogSettings settings(String id, ProviderSettings own) {
    return new CatalogSettings(null, Map.of(id, own), Map.of());
  }

  private static Map<String, String> allKeys() {
    return Presets.load().all().stream()
        .flatMap(preset -> preset.keys().stream())
        .collect(Collectors.toMap(key -> key, key -> "k"));
  }

  private record NamedProvider(String id) implements Provider {
    @Override
    public ModelReply ask(
        ModelRequest request, StreamListener listener, CancellationToken cancellation) {
      throw new AssertionError("the catalog asks nobody");
    }
  }
}
