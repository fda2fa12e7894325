package mimo.cli.command;

import java.util.List;
import java.util.SortedMap;
import mimo.cli.config.Configuration.Price;
import org.jspecify.annotations.Nullable;

/// The models that presets, configuration and servers on this machine know.
///
/// @param chosen the default model, `provider/id`; null if there is none
/// @param why one line that says why that one, or why none
/// @param aliases short names and the models they stand for
public record ModelList(
    List<Line> models, @Nullable String chosen, String why, SortedMap<String, String> aliases) {

  public ModelList {
    models = List.copyOf(models);
  }

  /// One model.
  ///
  /// @param name `provider/id`
  /// @param window how many tokens it can take in; null if unknown
  /// @param price null if unknown
  public record Line(String name, @Nullable Integer window, @Nullable Price price, KeyState key) {}

  /// Whether a model can be asked, as far as its key goes.
  ///
  /// @param names the variables or configuration keys meant
  public record KeyState(Kind kind, List<String> names) {
    public KeyState {
      names = List.copyOf(names);
    }

    /// What is known of a key.
    public enum Kind {
      SET,
      MISSING,
      NOT_NEEDED
    }
  }
}
