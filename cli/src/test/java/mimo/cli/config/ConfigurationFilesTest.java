package mimo.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import mimo.agent.provider.catalog.ModelGroup;
import mimo.agent.provider.catalog.ProtocolName;
import mimo.cli.config.Configuration.DaemonStart;
import mimo.cli.config.Configuration.ModelSection;
import mimo.cli.config.Configuration.Price;
import mimo.cli.config.Configuration.ProviderSection;
import mimo.cli.config.Configuration.SandboxSection;
import mimo.cli.config.Configuration.Waits;
import mimo.cli.error.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationFilesTest {

  @TempDir private Path home;

  private final Map<String, String> environment = new HashMap<>();

  @Test
  void isEmptyWhereNothingIsConfigured() {
    assertEquals(Configuration.EMPTY, read());
  }

  @Test
  void readsJsonWithCommentsAndTrailingCommas() throws IOException {
    environment.put("MY_KEY", "secret$1");
    write(
        "mimocode.jsonc",
        """
        {
          // the usual model
          "$schema": "https://example.org/schema.json",
          "model": "local/qwen",
          "concurrency": 8,
          "model_aliases": { "haiku": "local/small", },
          "provider": {
            "local": {
              "options": { "baseURL": "http://127.0.0.1:9000/v1", "apiKey": "{env:MY_KEY}",
                "protocol": "anthropic" },
              "models": {
                "qwen": {
                  "cost": { "input": 0.5, "output": 2, "cache_read": 0.05 },
                  "limit": { "context": 32768 }
                },
                "other": {}
              },
            },
            "offline": { "options": { "cassette": "talk.jsonl" } }, /* no key */
          },
        }
        """);

    var configuration = read();

    assertEquals(
        new Configuration(
            "local/qwen",
            readProviders(),
            Map.of("haiku", "local/small"),
            null,
            Map.of(),
            Map.of(),
            8,
            null,
            DaemonStart.OFF,
            SandboxSection.DEFAULT,
            1,
            List.of()),
        configuration);
    assertFalse(configuration.toString().contains("secret"), configuration.toString());
  }

  private static Map<String, ProviderSection> readProviders() {
    var price = new Price(new BigDecimal("0.5"), new BigDecimal("2"), new BigDecimal("0.05"));
    return Map.of(
        "local",
        new ProviderSection(
            "http://127.0.0.1:9000/v1",
            "secret$1",
            ProtocolName.ANTHROPIC,
            null,
            Map.of(
                "qwen",
                new ModelSection(price, 32_768, null, Set.of(), null, null),
                "other",
                new ModelSection(null, null, null, Set.of(), null, null))),
        "offline",
        new ProviderSection(null, null, null, "talk.jsonl", Map.of()));
  }

  @Test
  void readsGroupsAndWhatASmallerModelIs() {
    environment.put(
        "MIMOCODE_CONFIG_CONTENT",
        """
        {"small_model": "a/nano",
         "model_groups": {
           "lite": "a/nano",
           "ultra": {"default": "a/big", "models": ["b/big", "c/big"]}}}
        """);

    var configuration = read();

    assertEquals("a/nano", configuration.smallModel());
    assertEquals(
        Map.of(
            "lite", new ModelGroup("a/nano", List.of()),
            "ultra", new ModelGroup("a/big", List.of("b/big", "c/big"))),
        configuration.modelGroups());
  }

  @Test
  void readsWhatTheUserSaysOfAModelAndOfWaiting() {
    environment.put(
        "MIMOCODE_CONFIG_CONTENT",
        """
        {"provider": {"a": {
          "options": {"connectTimeout": 100, "chunkTimeout": 200},
          "models": {
            "m": {"limit": {"output": 8}, "reasoning": false, "interleaved": true},
            "n": {"interleaved": {"field": "reasoning_content"}}}}}}
        """);

    var provider = Objects.requireNonNull(read().providers().get("a"));

    assertEquals(new Waits(100, 200), provider.waits());
    assertEquals(
        Map.of(
            "m", new ModelSection(null, null, 8, Set.of(), false, true),
            "n", new ModelSection(null, null, null, Set.of(), null, true)),
        provider.models());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"model_groups\": {\"x\": {\"models\": [\"a/c\"]}}} ~ 'model_groups.x' needs default too",
        "{\"model_groups\": {\"x\": {\"default\": \"a/b\", \"models\": \"a/c\"}}} ~"
            + " 'model_groups.x.models' is a list of strings that are not empty; found a string",
        "{\"provider\": {\"a\": {\"models\": {\"m\": {\"reasoning\": \"no\"}}}}} ~"
            + " 'provider.a.models.m.reasoning' is true or false; found a string",
      })
  void refusesWhatIsNoGroupAndNoAnswer(String text, String message) {
    assertEquals(message, refusal(text).failure().message());
  }

  @Test
  void theSandboxAloneIsSwitchedOff() {
    environment.put(
        "MIMOCODE_CONFIG_CONTENT",
        """
        {"concurrency": 3, "sandbox": {"network": "on", "environment": "LANG", "read": "/opt"}}
        """);

    assertEquals(
        new Configuration(
            null,
            Map.of(),
            Map.of(),
            null,
            Map.of(),
            Map.of(),
            3,
            null,
            DaemonStart.OFF,
            new SandboxSection(false, true, List.of("LANG"), List.of("/opt")),
            1,
            List.of()),
        read().withoutSandbox());
  }

  @Test
  void letsTheLaterSourceWinKeyByKey() throws IOException {
    write(
        "mimocode.json",
        """
        {"model": "a/1", "concurrency": 3,
         "provider": {"a": {"options": {"baseURL": "http://one", "apiKey": "k"}}}}
        """);
    var named = home.resolve("other.jsonc");
    Files.writeString(named, "{\"model\": \"b/2\", \"model_aliases\": {\"x\": \"a/1\"}}");
    environment.put("MIMOCODE_CONFIG", named.toString());
    environment.put(
        "MIMOCODE_CONFIG_CONTENT",
        "{\"provider\": {\"a\": {\"options\": {\"baseURL\": \"http://two\"}}}}");

    assertEquals(
        new Configuration(
            "b/2",
            Map.of("a", new ProviderSection("http://two", "k", null, null, Map.of())),
            Map.of("x", "a/1"),
            null,
            Map.of(),
            Map.of(),
            3,
            null,
            DaemonStart.OFF,
            SandboxSection.DEFAULT,
            1,
            List.of()),
        read());
  }

  @Test
  void namesPlaceAndNearestKeyOfAnUnknownOne() {
    assertRefused("{\n  \"modle\": \"a/1\"\n}", 2, 3, "unknown key 'modle'; did you mean 'model'?");
    assertRefused(
        "{\"provider\": {\"a\": {\"options\": {\"baseUrl\": \"x\"}}}}",
        1,
        33,
        "unknown key 'baseUrl' in 'provider.a.options'; did you mean 'baseURL'?");
    assertRefused(
        "{\"provider\": {\"a\": {\"models\": {\"m/1\": {\"limits\": 1}}}}}",
        1,
        40,
        "unknown key 'limits' in 'provider.a.models.\"m/1\"'; did you mean 'limit'?");
  }

  @Test
  void refusesAProtocolNobodySpeaks() {
    assertRefused(
        "{\"provider\": {\"a\": {\"options\": {\"protocol\": \"gopher\"}}}}",
        1,
        45,
        "'provider.a.options.protocol' is one of openai-chat, openai-responses, anthropic; found"
            + " 'gopher'");
  }

  @Test
  void aConversationCannotBeAllowedTooLittleToWorkInK1() {
    assertRefused(
        "{\"context\": {\"budget\": 1}}",
        1,
        24,
        "'context.budget' is a whole number from 16000 to 10000000; found 1");
  }

  @Test
  void aBudgetThatComesToNothingIsNoBudgetWithoutALimitLG1() {
    assertRefused(
        "{\"budget\": {\"cost\": \"0.00\"}}",
        1,
        21,
        "'budget.cost' is an amount of US dollars such as '0.50'; found '0.00'");
    assertRefused(
        "{\"budget\": {\"time\": \"400d\"}}",
        1,
        21,
        "'budget.time' is a time such as 90m, 12h or 2d, at most 366 days; found '400d'");
    assertRefused(
        "{\"deadline\": \"400d\"}",
        1,
        14,
        "'deadline' is a time such as 90m, 12h or 2d, at most 366 days; found '400d'");
  }

  @Test
  void namesThePlaceOfAValueOfTheWrongKind() {
    assertRefused("{\"model\": 7}", 1, 11, "'model' is a string; found a number");
    assertRefused("{\"model\": null}", 1, 11, "'model' is a string; found null");
    assertRefused("{\"provider\": []}", 1, 14, "'provider' is an object; found a list");
    assertRefused(
        "{\"concurrency\": 0}", 1, 17, "'concurrency' is a whole number from 1 to 10000; found 0");
    assertRefused(
        "{\"concurrency\": 1.5}",
        1,
        17,
        "'concurrency' is a whole number from 1 to 10000; found 1.5");
    assertRefused(
        "{\"concurrency\": \"8\"}",
        1,
        17,
        "'concurrency' is a whole number from 1 to 10000; found a string");
    assertRefused("{\"model\": \"{env:NOT_SET}\"}", 1, 11, "the variable NOT_SET is not set");
    assertRefused(
        "{\"provider\":{\"a\":{\"models\":{\"m\":{\"cost\":{\"input\":1}}}}}}",
        1,
        41,
        "'provider.a.models.m.cost' needs output too");
    assertRefused(
        "{\"provider\":{\"a\":{\"models\":{\"m\":{\"cost\":{\"input\":-1, \"output\":1}}}}}}",
        1,
        50,
        "'provider.a.models.m.cost.input' is a number that is not negative; found a number");
  }

  @Test
  void acceptsAWholeNumberInAnyNotation() {
    environment.put("MIMOCODE_CONFIG_CONTENT", "{\"concurrency\": 1e2}");

    assertEquals(
        new Configuration(
            null,
            Map.of(),
            Map.of(),
            null,
            Map.of(),
            Map.of(),
            100,
            null,
            DaemonStart.OFF,
            SandboxSection.DEFAULT,
            1,
            List.of()),
        read());
  }

  @Test
  void saysWhichFileCannotBeRead() {
    environment.put("MIMOCODE_CONFIG", home.resolve("missing.jsonc").toString());

    var refusal = assertThrows(CommandException.class, this::read);

    assertEquals("config_unreadable", refusal.failure().code());
    assertEquals(
        "cannot read " + home.resolve("missing.jsonc") + ": there is no such file",
        refusal.getMessage());
  }

  private void assertRefused(String text, int line, int column, String message) {
    var failure = refusal(text).failure();

    assertEquals("config_invalid", failure.code());
    assertEquals(message, failure.message());
    assertEquals(
        "MIMOCODE_CONFIG_CONTENT:" + line + ":" + column, String.valueOf(failure.position()));
    assertEquals(text, failure.source());
  }

  private CommandException refusal(String text) {
    environment.put("MIMOCODE_CONFIG_CONTENT", text);
    return assertThrows(CommandException.class, this::read);
  }

  private Configuration read() {
    return new ConfigurationFiles(Folders.of(environment, home), environment, home)
        .read()
        .configuration();
  }

  private void write(String name, String text) throws IOException {
    var folder = home.resolve(".config/mimocode");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void hooksAreListsForEachEventAndTheStrongestSourceHasTheWholeList() throws IOException { // A85
    write(
        "mimocode.jsonc",
        """
        {"hooks": {"stop": [{"command": ["a"]}, {"command": ["b", "{env:X}"]}]}}
        """);
    environment.put(
        "MIMOCODE_CONFIG_CONTENT",
        "{\"hooks\": {\"prompt\": [{\"command\": [\"c\"]}], \"session_end\": []}}");

    assertEquals(List.of("prompt [c]", "stop [a]", "stop [b, {env:X}]"), hooks());

    environment.put("MIMOCODE_CONFIG_CONTENT", "{\"hooks\": {\"stop\": [{\"command\": [\"c\"]}]}}");
    assertEquals(List.of("stop [c]"), hooks());
  }

  private List<String> hooks() {
    return read().hooks().stream().map(hook -> hook.event().word() + " " + hook.argv()).toList();
  }
}
