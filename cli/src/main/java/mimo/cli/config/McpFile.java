package mimo.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mimo.cli.error.CommandException;
import org.jspecify.annotations.Nullable;

/// A file `.mcp.json`, in the shape that several agents share. Confined to one thread.
///
/// @param servers those it describes
/// @param notes on what of it has no effect, for people
public record McpFile(List<McpSection> servers, List<String> notes) {

  public McpFile {
    servers = List.copyOf(servers);
    notes = List.copyOf(notes);
  }

  /// `${NAME}` or `${NAME:-otherwise}`.
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\}");

  /// Reads one that a repository brings along: it gets no variables, and sets neither variables nor
  /// headers (A79).
  ///
  /// @throws CommandException `config_invalid` if it cannot be read
  public static McpFile ofARepository(String file, String text) {
    return new Reading(file, null).all(text);
  }

  /// Reads the user's own.
  ///
  /// @throws CommandException `config_invalid` if it cannot be read, or a variable is not set
  public static McpFile ofTheUser(String file, String text, Map<String, String> environment) {
    return new Reading(file, environment).all(text);
  }

  /// One reading of a file.
  private static final class Reading {

    private final String file;
    private final @Nullable Map<String, String> environment;
    private final List<McpSection> servers = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Reading(String file, @Nullable Map<String, String> environment) {
      this.file = file;
      this.environment = environment;
    }

    McpFile all(String text) {
      var servers = member(JsoncReader.read(file, text), "mcpServers");
      if (servers.isPresent() && servers.get() instanceof ConfigNode.Section(var members, _)) {
        for (var member : members) {
          server(member, text);
        }
      }
      return new McpFile(this.servers, notes);
    }

    private static Optional<ConfigNode> member(ConfigNode.Section section, String name) {
      return section.members().stream()
          .filter(member -> member.name().equals(name))
          .map(ConfigNode.Member::value)
          .findFirst();
    }

    private void server(ConfigNode.Member member, String text) {
      if (!(member.value() instanceof ConfigNode.Section server)) {
        throw wrong(member.value(), "the server '" + member.name() + "' is an object", text);
      }
      var command = new ArrayList<String>();
      text(server, "command", text).ifPresent(command::add);
      command.addAll(words(server, text));
      var url = text(server, "url", text).orElse(null);
      var place = file + ":" + member.position().line();
      if (environment == null && holdsVariable(command, url)) {
        notes.add(
            "the server %s of %s: a repository gets no variables, so it is left out"
                .formatted(member.name(), file));
        return;
      }
      servers.add(
          new McpSection(
              member.name(),
              "stdio".equals(text(server, "type", text).orElse("stdio")) && url == null
                  ? "local"
                  : "remote",
              command,
              texts(member.name(), server, "env", text),
              url,
              texts(member.name(), server, "headers", text),
              new McpSection.Use(true, false),
              null,
              place));
    }

    private static boolean holdsVariable(List<String> command, @Nullable String url) {
      return command.stream().anyMatch(word -> word.contains("${"))
          || (url != null && url.contains("${"));
    }

    private Optional<String> text(ConfigNode.Section server, String name, String whole) {
      return member(server, name)
          .map(node -> {
            if (!(node instanceof ConfigNode.Text(var value, _))) {
              throw wrong(node, "'" + name + "' is a string", whole);
            }
            return expanded(value, node, whole);
          });
    }

    private List<String> words(ConfigNode.Section server, String whole) {
      var node = member(server, "args").orElse(null);
      if (node == null) {
        return List.of();
      }
      if (!(node instanceof ConfigNode.Items(var items, _))) {
        throw wrong(node, "'args' is a list", whole);
      }
      var words = new ArrayList<String>();
      for (var item : items) {
        if (!(item instanceof ConfigNode.Text(var word, _))) {
          throw wrong(item, "'args' holds strings", whole);
        }
        words.add(expanded(word, item, whole));
      }
      return words;
    }

    private Map<String, String> texts(
        String server, ConfigNode.Section section, String name, String whole) {
      var node = member(section, name).orElse(null);
      if (!(node instanceof ConfigNode.Section(var members, _)) || members.isEmpty()) {
        return Map.of();
      }
      if (environment == null) {
        notes.add(
            "%s of the server %s in %s is ignored: a repository sets none"
                .formatted(name, server, file));
        return Map.of();
      }
      var texts = new TreeMap<String, String>();
      for (var member : members) {
        if (!(member.value() instanceof ConfigNode.Text(var value, _))) {
          throw wrong(member.value(), "'" + name + "' holds strings", whole);
        }
        texts.put(member.name(), expanded(value, member.value(), whole));
      }
      return texts;
    }

    private String expanded(String written, ConfigNode node, String whole) {
      var known = environment;
      return known == null
          ? written
          : VARIABLE
              .matcher(written)
              .replaceAll(match ->
                  Matcher.quoteReplacement(
                      value(match.group(1), match.group(2), known, node, whole)));
    }

    private static String value(
        String name,
        @Nullable String otherwise,
        Map<String, String> known,
        ConfigNode node,
        String whole) {
      var value = known.getOrDefault(name, otherwise);
      if (value == null) {
        throw wrong(node, "the variable " + name + " is not set", whole);
      }
      return value;
    }

    private static CommandException wrong(ConfigNode node, String message, String text) {
      return CommandException.at(node.position(), "config_invalid", message, Secrecy.masked(text));
    }
  }
}
