package mimo.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import mimo.engine.StepKind;
import mimo.engine.reuse.Difference;
import mimo.engine.reuse.ReuseReport.Line;
import mimo.engine.reuse.Verdict;
import org.jspecify.annotations.Nullable;

/// What people and programs are told of why a step was reused or ran (D36).
final class ReuseWords {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// What may differ without a difference to the answer, or follows from what came before.
  private static final Set<String> INSIGNIFICANT =
      Set.of(
          "label",
          "phase",
          "effort",
          "timeoutMs",
          "stallMs",
          "retries",
          "maxTurns",
          "after",
          "turns");

  /// The most telling first.
  private static final List<String> TELLING =
      List.of("prompt", "schema", "model", "defaultModel", "agentType", "isolation");

  private static final Map<String, String> REASONS =
      Map.of(
          "prompt", "prompt-changed",
          "schema", "schema-changed",
          "model", "model-changed",
          "defaultModel", "model-changed",
          "agentType", "agent-changed",
          "isolation", "isolation-changed");

  private ReuseWords() {}

  /// The one reason of a step.
  static String reason(Line line) {
    return switch (line.verdict()) {
      case Verdict.Hit(_, var match) -> match.word();
      case Verdict.Miss(var reason, var nearest) ->
          nearest == null ? reason.word() : changed(line.kind(), nearest);
    };
  }

  private static String changed(StepKind kind, Verdict.Nearest nearest) {
    return difference(nearest)
        .map(first -> REASONS.getOrDefault(first.member(), "options-changed"))
        .orElseGet(() -> unsaid(kind, nearest));
  }

  /// The request reads the same, and means something else: what was said before a turn, what a
  /// named agent is, or which model the run has. A workflow may have any of these in it.
  private static String unsaid(StepKind kind, Verdict.Nearest nearest) {
    if (kind == StepKind.CONTINUE) {
      return "prompt-changed";
    }
    if (kind == StepKind.NESTED) {
      return "options-changed";
    }
    return isNamed(nearest.asked()) ? "agent-changed" : "model-changed";
  }

  private static boolean isNamed(String asked) {
    try {
      return JSON.readTree(asked).has("agentType");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an input is JSON, or it is not stored", e);
    }
  }

  /// Whether a difference in this member may make a difference to the answer.
  static boolean tells(String member) {
    return !INSIGNIFICANT.contains(member);
  }

  /// The difference that tells most.
  static Optional<Difference> difference(Verdict.Nearest nearest) {
    return nearest.differences().stream()
        .filter(each -> tells(each.member()))
        .min(
            Comparator.comparingInt(each -> {
              int place = TELLING.indexOf(each.member());
              return place < 0 ? TELLING.size() : place;
            }));
  }

  /// The part of a value where it differs from another one; both as people read them.
  static String excerpt(String value, String other, int length) {
    int same = 0;
    while (same < Math.min(value.length(), other.length())
        && value.charAt(same) == other.charAt(same)) {
      same++;
    }
    int from = Math.max(0, Math.min(same, value.length()) - length / 3);
    int to = Math.min(value.length(), from + length);
    var cut = (from > 0 ? "…" : "") + value.substring(from, to) + (to < value.length() ? "…" : "");
    return TerminalText.oneLine(cut);
  }

  /// A member's value as people read it.
  static String shown(@Nullable String json) {
    return json == null
        ? "nothing"
        : JsonText.string(json).orElseGet(() -> Objects.requireNonNull(json));
  }
}
