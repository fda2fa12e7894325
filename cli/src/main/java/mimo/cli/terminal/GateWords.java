package mimo.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What people are asked, and what they mean by what they type (L52, L53).
public final class GateWords {

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> YES = List.of("y", "yes", "true");
  private static final List<String> NO = List.of("n", "no", "false");

  private final String question;
  private final JsonNode schema;
  private final @Nullable String fallback;

  /// @param schema what an answer must satisfy, as JSON text
  /// @param fallback what counts if nobody answers, as JSON text; null if nothing does
  public GateWords(String question, String schema, @Nullable String fallback) {
    this.question = question;
    this.schema = node(schema);
    this.fallback = fallback;
  }

  private static JsonNode node(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a gate's schema is no JSON: " + json, e);
    }
  }

  /// The question, its choices, and how to answer.
  public List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(TerminalText.visible(question));
    int number = 0;
    for (var choice : schema.path("enum")) {
      lines.add("  " + ++number + "  " + TerminalText.oneLine(choice.asText()));
    }
    lines.add(
        hint() + (fallback == null ? "" : ", Enter for " + shown()) + "; d leaves it for later");
    return List.copyOf(lines);
  }

  private String hint() {
    if (isYesOrNo()) {
      return "y or n";
    }
    if (schema.has("enum")) {
      return "a number or the words";
    }
    return isText()
        ? "any text"
        : "JSON that satisfies " + TerminalText.cut(schema.toString(), 200);
  }

  private String shown() {
    return TerminalText.cut(String.valueOf(fallback), 60);
  }

  private boolean isYesOrNo() {
    return schema.path("type").asText().equals("boolean");
  }

  private boolean isText() {
    return schema.path("type").asText().equals("string");
  }

  /// What can be chosen, in words that [#meaning] understands; empty if nothing is to be chosen.
  public List<String> choices() {
    if (isYesOrNo()) {
      return List.of("yes", "no");
    }
    var choices = new ArrayList<String>();
    for (var choice : schema.path("enum")) {
      choices.add(choice.asText());
    }
    return List.copyOf(choices);
  }

  /// What somebody means who typed this line, as JSON text. Whether it fits is another question.
  public String meaning(String line) {
    var words = line.strip();
    if (words.isEmpty() && fallback != null) {
      return fallback;
    }
    if (isYesOrNo()) {
      var lower = words.toLowerCase(Locale.ROOT);
      return YES.contains(lower) ? "true" : NO.contains(lower) ? "false" : quoted(words);
    }
    if (schema.has("enum")) {
      return choice(words);
    }
    return isText() && !isQuoted(words) ? quoted(words) : jsonOr(words);
  }

  /// Why a meaning is none that a question takes whose answers have words of their own: people did
  /// not type JSON, so a schema's fault would tell them nothing. Empty for any other question.
  public Optional<String> misfit(String meaning) {
    return isYesOrNo() && !meaning.equals("true") && !meaning.equals("false")
        ? Optional.of("the answer is yes or no; found " + TerminalText.cut(meaning, 60))
        : Optional.empty();
  }

  private String choice(String words) {
    var choices = schema.path("enum");
    for (var choice : choices) {
      if (choice.asText().equals(words)) {
        return choice.toString();
      }
    }
    int number = words.matches("\\d{1,4}") ? Integer.parseInt(words) : 0;
    return number >= 1 && number <= choices.size()
        ? choices.get(number - 1).toString()
        : jsonOr(words);
  }

  private static boolean isQuoted(String words) {
    return words.length() > 1 && words.startsWith("\"") && words.endsWith("\"");
  }

  private static String jsonOr(String words) {
    try {
      var value = JSON.readTree(words);
      return value == null || value.isMissingNode() ? quoted(words) : value.toString();
    } catch (JsonProcessingException e) {
      return quoted(words);
    }
  }

  private static String quoted(String words) {
    return TextNode.valueOf(words).toString();
  }
}
