package mimo.cli.mcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import mimo.agent.McpLimits;
import mimo.cli.config.McpFile;
import mimo.cli.config.McpSection;
import mimo.cli.error.CommandException;
import mimo.cli.mcp.KnownServer.Owner;
import mimo.cli.mcp.KnownServer.State;
import mimo.cli.script.Admission;
import mimo.cli.script.WorkflowFolder;

/// The servers that are described for a folder: by the user, and by the repository it lies in.
/// Thread-safe.
///
/// What the user describes takes its name; a repository's own counts only as it was trusted, byte
/// by byte (A57), and sets neither variables nor headers (A79).
public final class ServerFiles {

  private static final String SHARED = ".mcp.json";
  private static final List<String> OWN = List.of("mimocode.jsonc", "mimocode.json");
  private static final int NAMED = 5;

  private final Path folder;
  private final Path userFolder;
  private final Map<String, String> environment;
  private final Admission admission;

  /// @param folder that is worked in
  /// @param userFolder with the user's configuration
  public ServerFiles(
      Path folder, Path userFolder, Map<String, String> environment, Admission admission) {
    this.folder = folder;
    this.userFolder = userFolder;
    this.environment = Map.copyOf(environment);
    this.admission = admission;
  }

  /// What was found.
  ///
  /// @param notices for the user
  public record Found(List<KnownServer> servers, List<String> notices) {
    public Found {
      servers = List.copyOf(servers);
      notices = List.copyOf(notices);
    }
  }

  /// All of them, as they are described now.
  ///
  /// @param users those in the user's configuration
  /// @throws CommandException `config_invalid` if the user's own file cannot be read
  public Found read(List<McpSection> users) {
    var servers = new LinkedHashMap<String, KnownServer>();
    var notices = new ArrayList<String>();
    users.forEach(section -> add(KnownServer.of(section, Owner.USER, true, folder), servers));
    usersFile(userFolder, environment, notices)
        .forEach(section -> add(KnownServer.of(section, Owner.USER, true, folder), servers));
    var theirs = theirs();
    if (!theirs.isEmpty()) {
      var admitted = admission.admitted(folder);
      theirs.forEach((file, text) ->
          sections(file, text, notices)
              .forEach(section ->
                  add(
                      KnownServer.of(section, Owner.REPOSITORY, admitted.test(file, text), folder),
                      servers)));
    }
    notices(servers, notices);
    return new Found(List.copyOf(servers.values()), notices);
  }

  private static void add(KnownServer server, Map<String, KnownServer> servers) {
    servers.putIfAbsent(server.name(), server);
  }

  /// The user's servers, those of the shared file included, for who must know their secrets. A file
  /// that cannot be read has none: its servers are not started either.
  ///
  /// @param users those in the user's configuration
  public static List<McpSection> ofTheUser(
      List<McpSection> users, Path userFolder, Map<String, String> environment) {
    var all = new ArrayList<>(users);
    try {
      all.addAll(usersFile(userFolder, environment, new ArrayList<>()));
    } catch (CommandException unreadable) {
      return List.copyOf(users);
    }
    return List.copyOf(all);
  }

  private static List<McpSection> usersFile(
      Path userFolder, Map<String, String> environment, List<String> notices) {
    var file = userFolder.resolve(SHARED);
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      var found = McpFile.ofTheUser(file.toString(), text(file), environment);
      notices.addAll(found.notes());
      return found.servers();
    } catch (IOException unreadable) {
      throw new CommandException(
          "config_unreadable", "cannot read " + file + ": " + unreadable.getMessage());
    }
  }

  /// The repository's files that describe servers, the nearest first, each with its text.
  private Map<Path, String> theirs() {
    var files = new LinkedHashMap<Path, String>();
    for (var level : WorkflowFolder.levels(folder)) {
      for (var name : OWN) {
        take(level.resolve(".mimocode").resolve(name), files);
      }
      take(level.resolve(SHARED), files);
    }
    return files;
  }

  /// A link may lead to a key, and a pipe would keep whoever reads it waiting.
  private static void take(Path file, Map<Path, String> files) {
    var parent = file.getParent();
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        || parent == null
        || !Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      files.put(file, text(file));
    } catch (IOException unreadable) {
      // Whoever reads the configuration says so.
      return;
    }
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > McpLimits.FILE_BYTES) {
      throw new IOException("it is longer than " + McpLimits.FILE_BYTES + " bytes");
    }
    return Files.readString(file);
  }

  private static List<McpSection> sections(Path file, String text, List<String> notices) {
    try {
      if (!file.endsWith(SHARED)) {
        return McpSection.inRepository(file.toString(), text);
      }
      var found = McpFile.ofARepository(file.toString(), text);
      notices.addAll(found.notes());
      return found.servers();
    } catch (CommandException broken) {
      notices.add("the MCP servers of %s are left aside: %s".formatted(file, broken.getMessage()));
      return List.of();
    }
  }

  /// One notice for all that are not trusted, and one for all that cannot be.
  private static void notices(Map<String, KnownServer> servers, List<String> notices) {
    var untrusted = names(servers, State.UNTRUSTED, KnownServer::name);
    if (!untrusted.isEmpty()) {
      notices.add(
          "MCP servers of this repository are left aside until you trust it (mimo trust): "
              + untrusted);
    }
    var broken = names(servers, State.BROKEN, server -> server.name() + " (" + server.why() + ")");
    if (!broken.isEmpty()) {
      notices.add("MCP servers that cannot be used: " + broken);
    }
  }

  private static String names(
      Map<String, KnownServer> servers, State state, Function<KnownServer, String> words) {
    var meant = servers.values().stream().filter(server -> server.state() == state).toList();
    var named = meant.stream().limit(NAMED).map(words).collect(Collectors.joining(", "));
    return meant.size() > NAMED ? named + " and " + (meant.size() - NAMED) + " more" : named;
  }
}
