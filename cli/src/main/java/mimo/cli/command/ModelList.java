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
  public record Line(String name, @Nullable Integer window, @Nullable Price price, Key key) {}

  /// Whether a model can be asked, as far as its key goes.
  ///
  /// @param names the variables or configuration keys meant
  public record Key(State state, List<String> names) {
    public Key {
      names = List.copyOf(names);
    }

    /// What is known of a key.
    public enum State {
      SET,
      MISSING,
      NOT_NEEDED,
      /// mimo cannot speak to this provider yet.
      NOT_AVAILABLE
    }
  }
}
