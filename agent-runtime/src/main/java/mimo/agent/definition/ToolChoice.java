package mimo.agent.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which of the tools that all agents have a named agent may use. Names count in any case: other
/// programs begin them with a capital. What nobody has cannot be chosen.
///
/// @param only the names it may use; null for all
/// @param without the names it may not use
public record ToolChoice(@Nullable List<String> only, List<String> without) {

  /// Everything.
  public static final ToolChoice ALL = new ToolChoice(null, List.of());

  public ToolChoice {
    only = only == null ? null : lowered(only);
    without = lowered(without);
  }

  static ToolChoice only(List<String> names) {
    return new ToolChoice(names, List.of());
  }

  static ToolChoice without(List<String> names) {
    return new ToolChoice(null, names);
  }

  /// The same choice, also without these.
  ToolChoice and(List<String> more) {
    var all = new ArrayList<>(without);
    all.addAll(more);
    return new ToolChoice(only, all);
  }

  /// What both allow.
  public ToolChoice within(ToolChoice other) {
    var names =
        only == null
            ? other.only
            : other.only == null ? only : only.stream().filter(other.only::contains).toList();
    return new ToolChoice(names, without).and(other.without);
  }

  /// Whether it may use the tool of this name.
  public boolean allows(String name) {
    return (only == null || only.contains(name)) && !without.contains(name);
  }

  private static List<String> lowered(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }
}
