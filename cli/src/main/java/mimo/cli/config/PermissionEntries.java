package mimo.cli.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mimo.agent.permission.Decision;
import mimo.agent.permission.Rule;
import mimo.agent.permission.Rule.Layer;
import mimo.cli.config.ConfigSource.Origin;

/// The rules about permissions that configurations hold, each with the place it stands at.
final class PermissionEntries {

  private static final String KEY = "permission";

  private PermissionEntries() {}

  /// All of them, in the order of the sources.
  static List<Rule> rules(List<ConfigEntry> entries) {
    return entries.stream().flatMap(entry -> rule(entry).stream()).toList();
  }

  private static Optional<Rule> rule(ConfigEntry entry) {
    if (!entry.path().getFirst().equals(KEY)) {
      return Optional.empty();
    }
    // Where a level is left out, everything is meant.
    var names =
        Stream.concat(entry.path().stream().skip(1), Stream.of(Rule.DEFAULT, Rule.DEFAULT))
            .toList();
    return Decision.of(entry.value())
        .map(
            decision -> new Rule(names.get(0), names.get(1), decision, layer(entry), place(entry)));
  }

  private static Layer layer(ConfigEntry entry) {
    return entry.source().origin() == Origin.REPOSITORY ? Layer.REPOSITORY : Layer.USER;
  }

  private static String place(ConfigEntry entry) {
    var position = entry.source().position();
    return position == null ? "" : position.file() + ":" + position.line();
  }
}
