package mimo.cli.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.cli.config.Ignored.Reason;

/// Everything the sources say, and which of it counts.
///
/// @param entries in the order of the sources; later wins
/// @param ignored what has no effect
public record Configured(List<ConfigEntry> entries, List<Ignored> ignored) {

  /// How many keys a notice names before it only counts.
  private static final int NAMED = 4;

  public Configured {
    entries = List.copyOf(entries);
    ignored = List.copyOf(ignored);
  }

  static Configured of(List<Layer> layers) {
    return new Configured(
        layers.stream().flatMap(layer -> layer.entries().stream()).toList(),
        layers.stream().flatMap(layer -> layer.ignored().stream()).toList());
  }

  /// The same, over values that count where no source says otherwise.
  public Configured over(List<ConfigEntry> given) {
    return new Configured(Stream.concat(given.stream(), entries.stream()).toList(), ignored);
  }

  /// The values that count, by key.
  public List<ConfigEntry> effective() {
    var last = new LinkedHashMap<List<String>, ConfigEntry>();
    entries.forEach(entry -> last.put(entry.path(), entry));
    return last.values().stream()
        .sorted((one, other) -> one.name().compareTo(other.name()))
        .toList();
  }

  /// The sources that also set what `winner` sets, and lost; the strongest first.
  public List<ConfigSource> overriddenBy(ConfigEntry winner) {
    return entries.stream()
        .filter(entry -> entry.path().equals(winner.path()) && !entry.equals(winner))
        .map(ConfigEntry::source)
        .toList()
        .reversed();
  }

  public Configuration configuration() {
    return Configuration.of(effective(), PermissionEntries.rules(entries));
  }

  /// The MCP servers the user has configured.
  public List<McpSection> servers() {
    return McpSection.ofTheUser(entries);
  }

  /// What the user should know of what was ignored: one line for each reason.
  public List<String> notices() {
    var byReason = new TreeMap<Reason, List<Ignored>>();
    for (var one : ignored) {
      byReason.computeIfAbsent(one.reason(), reason -> new ArrayList<>()).add(one);
    }
    var lines = new ArrayList<String>();
    byReason.forEach((reason, ones) -> lines.add("ignored: " + named(ones) + "; " + reason.text()));
    return lines;
  }

  private static String named(List<Ignored> ones) {
    var names =
        ones.stream()
            .limit(NAMED)
            .map(one -> one.key() + " (" + one.source().text() + ")")
            .collect(Collectors.joining(", "));
    return ones.size() <= NAMED ? names : names + " and " + (ones.size() - NAMED) + " more";
  }
}
