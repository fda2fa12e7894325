package mimo.cli.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mimo.agent.mcp.SecretWords;
import mimo.cli.config.ConfigSource.Origin;
import org.jspecify.annotations.Nullable;

/// What one source says of one MCP server. A server is described by one source alone: what a user
/// wrote of his own must not be given to the program that a repository names alike.
///
/// @param kind `local`, `remote`, or null where it goes without saying
/// @param command the program and its arguments; empty for a remote server
/// @param environment variables of the program; never shown
/// @param url where a remote server is; null for a local one
/// @param headers what a remote server is sent; never shown
/// @param patienceMillis how long it may be silent; null for the preset
/// @param place where it is described, for people
public record McpSection(
    String name,
    @Nullable String kind,
    List<String> command,
    Map<String, String> environment,
    @Nullable String url,
    Map<String, String> headers,
    Use use,
    @Nullable Integer patienceMillis,
    String place) {

  public McpSection {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    headers = Map.copyOf(headers);
  }

  /// How it may be used.
  ///
  /// @param enabled whether at all
  /// @param network whether its program reaches the network
  public record Use(boolean enabled, boolean network) {}

  /// Those of the user, of several descriptions of one the strongest.
  static List<McpSection> ofTheUser(List<ConfigEntry> entries) {
    var byName = new TreeMap<String, McpSection>();
    for (var origin : List.of(Origin.USER, Origin.NAMED, Origin.CONTENT)) {
      of(entries, origin).forEach(section -> byName.put(section.name(), section));
    }
    return List.copyOf(byName.values());
  }

  /// Those a repository's own configuration describes, if `text` is one.
  ///
  /// @throws mimo.cli.error.CommandException `config_invalid` if it is none
  public static List<McpSection> inRepository(String file, String text) {
    return of(
        ConfigurationReader.read(Origin.REPOSITORY, file, text, Map.of()).entries(),
        Origin.REPOSITORY);
  }

  private static List<McpSection> of(List<ConfigEntry> entries, Origin origin) {
    var own =
        entries.stream()
            .filter(entry -> entry.source().origin() == origin && entry.path().size() > 1)
            .filter(entry -> entry.path().getFirst().equals("mcp"))
            .toList();
    var tree = new ValueTree(own);
    var places = new LinkedHashMap<String, String>();
    own.forEach(entry -> places.putIfAbsent(entry.path().get(1), entry.source().text()));
    var sections = new ArrayList<McpSection>();
    places.forEach((name, place) -> sections.add(section(tree, name, place)));
    return sections;
  }

  private static McpSection section(ValueTree tree, String name, String place) {
    var command = tree.text("mcp", name, "command");
    return new McpSection(
        name,
        tree.text("mcp", name, "type"),
        command == null ? List.of() : List.of(command.split(ValueKind.Words.BETWEEN, -1)),
        texts(tree, name, "environment"),
        tree.text("mcp", name, "url"),
        texts(tree, name, "headers"),
        new Use(
            !"false".equals(tree.text("mcp", name, "enabled")),
            "on".equals(tree.text("mcp", name, "network"))),
        tree.whole("mcp", name, "timeout"),
        place);
  }

  private static Map<String, String> texts(ValueTree tree, String name, String key) {
    var texts = new TreeMap<String, String>();
    for (var each : tree.namesBelow("mcp", name, key)) {
      var text = tree.text("mcp", name, key, each);
      if (text != null) {
        texts.put(each, text);
      }
    }
    return texts;
  }

  /// Without what may be secret.
  @Override
  public String toString() {
    return "McpSection[%s, %s, %s]".formatted(name, SecretWords.masked(command), place);
  }
}
