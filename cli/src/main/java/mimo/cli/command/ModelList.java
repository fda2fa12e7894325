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
  /// @param price null if unknown
  public record Line(
      String name, Capacity capacity, @Nullable Price price, KeyState key, Where where) {}

  /// What a model can do.
  ///
  /// @param window how many tokens it can take in; null if unknown
  /// @param output how many tokens it can say at once; null if unknown
  /// @param abilities such as `tools` and `reasoning`; none if unknown
  public record Capacity(
      @Nullable Integer window, @Nullable Integer output, List<String> abilities) {

    public static final Capacity UNKNOWN = new Capacity(null, null, List.of());

    public Capacity {
      abilities = List.copyOf(abilities);
    }
  }

  /// How a model is reached.
  ///
  /// @param protocol what is spoken there; empty if nothing is
  /// @param address where; empty if it is nowhere
  public record Where(String protocol, String address) {

    public static final Where NOWHERE = new Where("", "");
  }

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
