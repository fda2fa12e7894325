package mimo.agent.definition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import mimo.agent.permission.Decision;
import mimo.agent.permission.Rule;
import org.jspecify.annotations.Nullable;

/// How a named agent may be used, and what it may do of what agents may (A39).
///
/// @param mode who may call for it
/// @param rights whether it may change anything
/// @param temperature how freely it speaks; null leaves that to the model
/// @param steps requests it may make; null for as many as any agent
/// @param permissions its rules, in the order in which they are written. They stand beside those of
///   whoever calls for it: both have to allow (A41)
public record AgentTraits(
    Mode mode,
    Rights rights,
    @Nullable Double temperature,
    @Nullable Integer steps,
    List<Rule> permissions) {

  /// Those of an agent that says nothing of them.
  public static final AgentTraits USUAL =
      new AgentTraits(Mode.ALL, Rights.USUAL, null, null, List.of());

  private static final double MOST_TEMPERATURE = 2;

  /// Who may call for an agent.
  public enum Mode {
    /// The user, for a session.
    PRIMARY,
    /// Other agents and workflows.
    SUBAGENT,
    /// Both.
    ALL;

    /// As files write it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Whether an agent may change anything.
  public enum Rights {
    /// As permissions have it.
    USUAL,
    /// It may not, whatever permissions say (A40).
    READ_ONLY
  }

  public AgentTraits {
    permissions = List.copyOf(permissions);
    if (temperature != null && !(temperature >= 0 && temperature <= MOST_TEMPERATURE)) {
      throw new IllegalArgumentException("its temperature must lie between 0 and 2");
    }
    if (steps != null && steps < 1) {
      throw new IllegalArgumentException("its steps must be at least 1");
    }
  }

  static AgentTraits of(FrontMatter head, String file) {
    return new AgentTraits(
        head.text("mode").map(AgentTraits::mode).orElse(Mode.ALL),
        Rights.USUAL,
        head.text("temperature").map(AgentTraits::temperature).orElse(null),
        head.text("steps").map(AgentTraits::steps).orElse(null),
        rules(head.leaves("permission"), file));
  }

  /// These, for an agent that must not change anything.
  public AgentTraits readOnly() {
    return new AgentTraits(mode, Rights.READ_ONLY, temperature, steps, permissions);
  }

  /// These, for whoever may call for it now.
  public AgentTraits with(Mode other) {
    return new AgentTraits(other, rights, temperature, steps, permissions);
  }

  private static Mode mode(String word) {
    return Arrays.stream(Mode.values())
        .filter(mode -> mode.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "its mode '" + word + "' is none; there are primary, subagent and all"));
  }

  private static double temperature(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException("its temperature '" + text + "' is no number", noNumber);
    }
  }

  private static int steps(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException("its steps '" + text + "' is no number", noNumber);
    }
  }

  private static List<Rule> rules(List<FrontMatter.Leaf> leaves, String file) {
    var rules = new ArrayList<Rule>();
    for (var leaf : leaves) {
      rules.add(
          new Rule(
              leaf.key().isEmpty() ? Rule.DEFAULT : leaf.key(),
              leaf.inner().isEmpty() ? Rule.DEFAULT : leaf.inner(),
              decision(leaf),
              Rule.Layer.AGENT,
              file + ":" + leaf.line()));
    }
    return rules;
  }

  private static Decision decision(FrontMatter.Leaf leaf) {
    return Decision.of(leaf.value())
        .orElseThrow(() ->
            new IllegalArgumentException(
                "line %d: '%s' is no action; there are allow, ask, deny"
                    .formatted(leaf.line(), leaf.value())));
  }
}
