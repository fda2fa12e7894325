package mimo.agent.definition;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import mimo.agent.provider.Effort;
import org.jspecify.annotations.Nullable;

/// A named agent: what it is told first, and what it may use.
///
/// @param description what it is good for, for people
/// @param model a name as scripts write it; null for the run's own
/// @param effort how hard it thinks; null leaves that to the model
/// @param tools what it may use of what all agents may
/// @param prompt what it is told beside what all agents are told; may be empty
/// @param digest of all of this, in lower-case hex: a part of what is asked of such an agent (D30)
/// @param traits how it may be used, and what it may do
public record AgentDefinition(
    String name,
    String description,
    @Nullable String model,
    @Nullable Effort effort,
    ToolChoice tools,
    String prompt,
    String digest,
    AgentTraits traits) {

  /// The most characters of a file that defines an agent.
  public static final int MOST_CHARS = 64 * 1024;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
  private static final String INHERIT = "inherit";

  public AgentDefinition {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("agent name '" + name + "' must match " + NAME);
    }
  }

  /// Reads a definition.
  ///
  /// @param stem its name unless it names itself: the file's name without its ending
  /// @throws IllegalArgumentException saying what is wrong with it, and in which line
  public static AgentDefinition parse(String stem, String text) {
    return parse(stem, text, stem + ".md");
  }

  /// Reads a definition.
  ///
  /// @param stem its name unless it names itself: the file's name without its ending
  /// @param file how people are told of the file
  /// @throws IllegalArgumentException saying what is wrong with it, and in which line
  public static AgentDefinition parse(String stem, String text, String file) {
    if (text.length() > MOST_CHARS) {
      throw new IllegalArgumentException("it has more than " + MOST_CHARS + " characters");
    }
    var head = FrontMatter.read(text);
    var model = head.text("model").filter(name -> !name.equals(INHERIT)).orElse(null);
    return new AgentDefinition(
        head.text("name").orElse(stem),
        head.text("description")
            .orElseThrow(() -> new IllegalArgumentException("its head has no description")),
        model,
        head.text("effort").map(AgentDefinition::effort).orElse(null),
        tools(head),
        head.body().strip(),
        digest(text),
        AgentTraits.of(head, file));
  }

  /// The same agent, which must not change anything.
  public AgentDefinition readOnly() {
    return new AgentDefinition(
        name, description, model, effort, tools, prompt, digest, traits.readOnly());
  }

  private static Effort effort(String word) {
    return Effort.of(word)
        .orElseThrow(() -> new IllegalArgumentException("its effort '" + word + "' is none"));
  }

  private static ToolChoice tools(FrontMatter head) {
    var switches = head.switches("tools");
    if (!switches.isEmpty()) {
      return ToolChoice.without(
          switches.entrySet().stream()
              .filter(tool -> !tool.getValue())
              .map(tool -> tool.getKey())
              .toList());
    }
    Optional<List<String>> named = head.list("tools");
    var denied = head.list("disallowedTools").orElse(List.of());
    return named
        .map(tools -> ToolChoice.only(tools).and(denied))
        .orElseGet(() -> ToolChoice.without(denied));
  }

  /// The digest of a definition's text.
  static String digest(String text) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
