package mimo.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mimo.cli.command.Inspection.Servers;
import mimo.cli.command.ModelList.Capacity;
import mimo.cli.command.ModelList.KeyState;
import mimo.cli.command.ModelList.Line;
import mimo.cli.command.ModelList.Where;
import mimo.cli.config.Configuration.Price;
import mimo.cli.error.ExitCode;
import mimo.cli.testing.Commands;
import mimo.cli.testing.Golden;
import mimo.cli.testing.ScriptedInspection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ModelsCommandTest {

  private static final ModelList MODELS =
      new ModelList(
          List.of(
              line("openai/gpt-5-mini", null, price("0.25", "2", "0.025"), KeyState.Kind.SET),
              line("deepseek/chat", 64_000, price("0.5", "1.10", null), KeyState.Kind.MISSING),
              line("anthropic/claude", null, null, KeyState.Kind.SET),
              line("ollama/qwen\u001b[31m", null, price("0", "0", null), KeyState.Kind.NOT_NEEDED)),
          "openai/gpt-5-mini",
          "model openai/gpt-5-mini, since KEY_A is set",
          new TreeMap<>(Map.of("haiku", "openai/gpt-5-mini")));

  private final ScriptedInspection inspection = new ScriptedInspection().models(MODELS);
  private final Commands mimo = new Commands(inspection);

  @Test
  void showsWindowPriceKeyAndDefault() {
    assertEquals(ExitCode.OK, mimo.run("models"));

    Golden.assertMatches("models.txt", mimo.out());
    assertEquals("", mimo.err());
    assertEquals(List.of(Servers.LEFT_ALONE), inspection.asked());
  }

  @Test
  void showsTheSameAsJson() {
    assertEquals(ExitCode.OK, mimo.run("models", "--json"));

    Golden.assertMatches("models.json", mimo.out());
  }

  @Test
  void showsOneLineForEachModelOfAStream() {
    assertEquals(ExitCode.OK, mimo.run("models", "DEEP", "--format", "stream-json"));

    assertEquals(
        "{\"model\":\"deepseek/chat\",\"default\":false,\"window\":64000,\"output\":8192,"
            + "\"usd_per_million\":{\"input\":0.5,\"output\":1.10},\"key\":\"missing\","
            + "\"key_from\":[\"KEY_A\"],\"can\":[\"tools\"],\"protocol\":\"openai-chat\","
            + "\"address\":\"https://api.example/v1\"}\n",
        mimo.out());
  }

  @Test
  void tellsAllOfOneModel() {
    assertEquals(ExitCode.OK, mimo.run("models", "openai/gpt-5-mini"));

    assertEquals(
        """
        openai/gpt-5-mini
          speaks       openai-chat at https://api.example/v1
          takes in     unknown
          says         8,192 tokens
          costs        $0.25 in ($0.025 from the cache), $2 out, per million tokens
          can          tools
          key          key from KEY_A
          default      model openai/gpt-5-mini, since KEY_A is set
          also called  haiku
        """,
        mimo.out());
  }

  @Test
  void aWholeNameMeansNoneThatBeginsSo() {
    var models =
        List.of(
            line("openai/gpt-5", null, null, KeyState.Kind.SET),
            line("openai/gpt-5-mini", null, null, KeyState.Kind.SET));
    var aliases = new TreeMap<>(Map.of("big", "openai/gpt-5", "lite", "openai/gpt-5-mini"));
    var some =
        new Commands(
            new ScriptedInspection()
                .models(new ModelList(models, null, "no key is set.", aliases)));

    some.run("models", "openai/gpt-5");

    assertTrue(some.out().startsWith("openai/gpt-5\n"), some.out());
    assertTrue(some.out().endsWith("  also called  big\n"), some.out());
  }

  @Test
  void findsAModelByItsAlias() {
    assertEquals(ExitCode.OK, mimo.run("models", "haik"));

    assertEquals(
        """
        * openai/gpt-5-mini  –              $0.25 / $2        tools                   key from KEY_A
          haiku → openai/gpt-5-mini
        """,
        mimo.out());
  }

  @Test
  void asksServersHereOnRequest() {
    mimo.run("models", "--local");

    assertEquals(List.of(Servers.ASKED), inspection.asked());
  }

  @Test
  void refusesAPatternThatFitsNothing() {
    assertEquals(ExitCode.USAGE, mimo.run("models", "deepseek/chatt"));

    assertEquals(
        """
        MIMO-202 model_unknown: no model's name holds 'deepseek/chatt'; did you mean \
        'deepseek/chat'?
        → name a model as provider/id, for example openai/gpt-5, or as mimo models lists it; \
        --model offline needs no key.
        """,
        mimo.err());
  }

  @Test
  void saysWhyThereIsNoDefault() {
    inspection.models(
        new ModelList(MODELS.models(), null, "no key is set.", new TreeMap<>(MODELS.aliases())));

    mimo.run("models");

    assertEquals("no default: no key is set.", mimo.out().lines().toList().getLast());
  }

  private static Line line(
      String name, @Nullable Integer window, @Nullable Price price, KeyState.Kind state) {
    var names =
        switch (state) {
          case SET, MISSING -> List.of("KEY_A");
          case NOT_NEEDED -> List.<String>of();
        };
    return new Line(
        name,
        new Capacity(window, 8_192, List.of("tools")),
        price,
        new KeyState(state, names),
        new Where("openai-chat", "https://api.example/v1"));
  }

  private static Price price(String input, String output, @Nullable String cacheRead) {
    return new Price(
        new BigDecimal(input),
        new BigDecimal(output),
        cacheRead == null ? null : new BigDecimal(cacheRead));
  }
}
