package mimo.agent.permission;

/// One rule: what it is about, and what it says.
///
/// @param permission what kind of thing, for example `bash` or `edit`; `*` for everything
/// @param pattern which of them; [#DEFAULT] for those that no pattern matches
/// @param place where it is written, for example `mimocode.jsonc:3`; empty if nowhere
public record Rule(
    String permission, String pattern, Decision decision, Layer layer, String place) {

  /// The pattern of a rule that counts where no other pattern matches.
  public static final String DEFAULT = "*";

  /// Who set a rule.
  public enum Layer {
    BUILT_IN("built in"),
    USER("user"),
    REPOSITORY("repository"),
    AGENT("agent"),
    ALWAYS("answered with always"),
    RUN("agreed to for this run");

    private final String words;

    Layer(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }

    /// Whether its rules can forbid and never allow (A53, A39).
    boolean onlyNarrows() {
      return this == REPOSITORY || this == AGENT;
    }
  }

  static Rule builtIn(String permission, String pattern, Decision decision) {
    return new Rule(permission, pattern, decision, Layer.BUILT_IN, "");
  }

  boolean isDefault() {
    return pattern.equals(DEFAULT);
  }

  /// The rule as people read it, for example `bash "git push *" = deny (user, mimocode.jsonc:3)`.
  public String text() {
    var which = isDefault() ? permission : permission + " \"" + pattern + "\"";
    var where = place.isEmpty() ? layer.words() : layer.words() + ", " + place;
    return which + " = " + decision.word() + " (" + where + ")";
  }
}
