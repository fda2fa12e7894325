package mimo.cli.config;

import java.util.List;
import mimo.engine.SourcePosition;
import org.jspecify.annotations.Nullable;

/// Where a value of the configuration comes from.
///
/// @param position the place in a file or text; null for what stands in none
/// @param variables the environment variables the value was taken from
public record ConfigSource(
    Origin origin, @Nullable SourcePosition position, List<String> variables) {

  public ConfigSource {
    variables = List.copyOf(variables);
  }

  /// The sources, each stronger than those before it.
  public enum Origin {
    BUILT_IN("built in"),
    VARIABLE("variable"),
    USER("user file"),
    NAMED("MIMOCODE_CONFIG file"),
    REPOSITORY("repository file"),
    CONTENT("text");

    private final String word;

    Origin(String word) {
      this.word = word;
    }

    /// The name in JSON.
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public static ConfigSource builtIn() {
    return new ConfigSource(Origin.BUILT_IN, null, List.of());
  }

  public static ConfigSource variable(String name) {
    return new ConfigSource(Origin.VARIABLE, null, List.of(name));
  }

  /// The source in words, for example `user file /home/ada/.config/mimocode/mimocode.jsonc:3`.
  public String text() {
    var words = new StringBuilder(origin.word);
    if (position != null) {
      words.append(' ').append(position.file()).append(':').append(position.line());
    }
    if (!variables.isEmpty()) {
      words.append(position == null ? " " : ", from ").append(String.join(", ", variables));
    }
    return words.toString();
  }
}
