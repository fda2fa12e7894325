package mimo.agent.provider.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.Set;
import mimo.agent.provider.Effort;
import mimo.agent.provider.EffortSupport;
import mimo.agent.provider.Thinking.Manner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is known of how hard models can be asked to think (L72).
final class EffortTableTest {

  private final EffortTable table = EffortTable.load();

  private static String words(EffortSupport support) {
    return support.levels().isEmpty()
        ? "unknown"
        : support.manner()
            + " "
            + String.join(
                " ", EnumSet.copyOf(support.levels()).stream().map(Effort::word).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic, anthropic, claude-sonnet-4-5, TOKENS off minimal low medium high max",
    "anthropic, anthropic, claude-haiku-4-5-20251001, TOKENS off minimal low medium high max",
    "anthropic, anthropic, claude-opus-4-20250514, TOKENS off minimal low medium high max",
    "anthropic, anthropic, claude-sonnet-4-6, ADAPTIVE off low medium high max",
    "anthropic, anthropic, claude-opus-4-7, ADAPTIVE off low medium high xhigh max",
    "anthropic, anthropic, claude-sonnet-5-20260601, ADAPTIVE off low medium high xhigh max",
    "anthropic, anthropic, claude-opus-5-5, ADAPTIVE low medium high xhigh max",
    "anthropic, anthropic, claude-opus-4-9, unknown",
    "anthropic, anthropic, claude-3-5-haiku-latest, unknown",
    "openai-chat, openai, claude-sonnet-4-6, unknown",
    "openai-chat, openai, gpt-5-mini, WORD minimal low medium high",
    "openai-responses, openai, gpt-5-mini, WORD minimal low medium high",
    "openai-responses, openai, gpt-5.6, WORD off low medium high xhigh max",
    "openai-responses, openai, gpt-5.2-codex, WORD low medium high xhigh",
    "openai-chat, deepseek, deepseek-v4-pro, WORD high max",
    "openai-chat, openai, gpt-5-pro, WORD high",
    "openai-chat, openai, gpt-5.1, WORD off low medium high",
    "openai-chat, openai, gpt-5.2-2025-12-11, WORD off low medium high xhigh",
    "openai-chat, openai, gpt-5.2-chat-latest, unknown",
    "openai-chat, openai, gpt-5.9, unknown",
    "openai-chat, openai, gpt-4.1, unknown",
    "openai-chat, openai, o3, WORD low medium high",
    "openai-chat, groq, openai/gpt-oss-120b, WORD low medium high",
    "openai-chat, gemini, gemini-flash-latest, WORD minimal low medium high",
    "openai-chat, xai, grok-4, unknown",
    "openai-chat, openrouter, anthropic/claude-sonnet-4.6, WORD off minimal low medium high xhigh"
        + " max",
    "openai-chat, ollama, qwen3:8b, unknown"
  })
  void knowsTheModelsOfTheResourceAndNoOthers(
      String protocol, String provider, String model, String words) {
    assertEquals(words, words(table.find(ProtocolName.of(protocol), provider, model)));
  }

  @Test
  void theUserSaysWhatAModelTakesAndTheProtocolHow() {
    var levels = Set.of(Effort.LOW, Effort.HIGH);

    assertEquals(
        new EffortSupport(levels, Manner.WORD),
        table.said(levels, ProtocolName.OPENAI_CHAT, "ollama", "qwen3:8b"));
    assertEquals(
        new EffortSupport(levels, Manner.TOKENS),
        table.said(levels, ProtocolName.ANTHROPIC, "anthropic", "claude-sonnet-4-5"));
    assertEquals(
        new EffortSupport(levels, Manner.ADAPTIVE),
        table.said(levels, ProtocolName.ANTHROPIC, "anthropic", "claude-next"));
  }

  @Test
  void aWordThatIsNoEffortIsRefused() {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> EffortTable.levels("low hard"));

    assertEquals("'hard' is no effort", refused.getMessage());
    assertEquals(Set.of(), EffortTable.levels(" "));
  }
}
