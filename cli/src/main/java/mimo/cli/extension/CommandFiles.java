package mimo.cli.extension;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import mimo.agent.AgentLimits;
import mimo.agent.prompt.PromptCommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.Nearest;
import mimo.cli.extension.Grounds.Owner;

/// The commands that lie in folders, as they were when they were looked for (A38). Immutable.
public final class CommandFiles {

  /// None at all.
  public static final CommandFiles NONE = new CommandFiles(List.of(), Set.of());

  private static final String KIND = "commands";
  private static final List<String> OTHERS = List.of(".claude");
  private static final String ENDING = ".md";

  /// How deep folders nest.
  private static final int DEPTH = 5;

  /// Nobody keeps more in one folder; what lies in it beyond that is not looked at.
  private static final int MOST_FILES = 500;

  private final List<Known> commands;
  private final Set<String> untrusted;

  /// A command, and the file it is.
  ///
  /// @param owner `user` or `repository`
  public record Known(PromptCommand command, String owner, Path file) {}

  private CommandFiles(List<Known> commands, Set<String> untrusted) {
    this.commands = List.copyOf(commands);
    this.untrusted = Set.copyOf(untrusted);
  }

  /// Those there are now. The first of a name counts.
  public static CommandFiles in(Grounds grounds) {
    var search = new Search(grounds, new Admitted(grounds), new TreeMap<>(), new TreeSet<>());
    for (var place : grounds.places(KIND, OTHERS)) {
      for (var file : files(place, grounds)) {
        search.add(file, place);
      }
    }
    search.admitted().tell();
    search.untrusted().removeAll(search.found().keySet());
    return new CommandFiles(List.copyOf(search.found().values()), search.untrusted());
  }

  private static List<Path> files(Grounds.Place place, Grounds grounds) {
    if (!Files.isDirectory(place.folder())) {
      return List.of();
    }
    try {
      // It may be a link, into which nobody walks.
      return files(place.folder(), place.folder().toRealPath());
    } catch (IOException | UncheckedIOException unreadable) {
      grounds.leave(place.folder(), "it cannot be read");
      return List.of();
    }
  }

  private static List<Path> files(Path folder, Path real) throws IOException {
    try (Stream<Path> files = Files.walk(real, DEPTH)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ENDING))
          .filter(Files::isRegularFile)
          .map(file -> folder.resolve(real.relativize(file)))
          .limit(MOST_FILES)
          .sorted()
          .toList();
    }
  }

  /// What a search has come to.
  private record Search(
      Grounds grounds, Admitted admitted, TreeMap<String, Known> found, Set<String> untrusted) {

    void add(Path file, Grounds.Place place) {
      var owner = place.owner();
      var name = name(place.folder(), file);
      switch (ExtensionText.read(file, owner, grounds.root(), AgentLimits.PROMPT_COMMAND_CHARS)) {
        case ExtensionText.Missing() -> {}
        case ExtensionText.Refused(var why) -> grounds.leave(file, why);
        case ExtensionText.Found(var text) when !admitted.test(file, owner, text) ->
            untrusted.add(name);
        case ExtensionText.Found(var text) -> add(file, owner, name, text);
      }
    }

    private void add(Path file, Owner owner, String name, String text) {
      try {
        var command = PromptCommand.parse(name, text, grounds.shown(file));
        var word = owner == Owner.USER ? "user" : "repository";
        found.putIfAbsent(name, new Known(command, word, file));
      } catch (IllegalArgumentException wrong) {
        grounds.leave(file, "it is no command: " + wrong.getMessage());
      }
    }

    /// The folders below and the file's own name, with `:` between.
    private static String name(Path folder, Path file) {
      var path = folder.relativize(file).toString().replace('/', ':');
      return path.substring(0, path.length() - ENDING.length());
    }
  }

  /// All of them, by name.
  public List<Known> all() {
    return commands;
  }

  /// The command a prompt calls by its first word, with what stands behind that.
  ///
  /// @param behind the words for it
  public record Called(PromptCommand command, String behind) {}

  /// What a prompt calls; empty if it calls nothing, as a path does not.
  ///
  /// @throws CommandException `command_unknown` or `untrusted`
  public Optional<Called> called(String prompt) {
    if (!prompt.startsWith("/")) {
      return Optional.empty();
    }
    int end = 1;
    while (end < prompt.length() && !Character.isWhitespace(prompt.charAt(end))) {
      end++;
    }
    var name = prompt.substring(1, end);
    return PromptCommand.isName(name)
        ? Optional.of(new Called(find(name).command(), prompt.substring(end).strip()))
        : Optional.empty();
  }

  /// The command of a name.
  ///
  /// @throws CommandException `command_unknown` or `untrusted`
  public Known find(String name) {
    for (var known : commands) {
      if (known.command().name().equals(name)) {
        return known;
      }
    }
    if (untrusted.contains(name)) {
      throw new CommandException(
          "untrusted",
          "/" + name + " comes with this repository, which you have not said you trust");
    }
    var names = commands.stream().map(known -> known.command().name()).toList();
    throw new CommandException(
        "command_unknown", "there is no command /" + name + Nearest.hint(name, names));
  }
}
