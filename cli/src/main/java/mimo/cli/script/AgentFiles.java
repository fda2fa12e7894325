package mimo.cli.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.definition.BuiltinAgents;

/// The agents that files define (L73): the user's own, and those of the repository one works in.
///
/// A repository is not the user. What it defines can only narrow what an agent may do, and it never
/// takes the name of one of the user's own agents, or of mimo's.
public final class AgentFiles {

  /// Nobody keeps more in one folder; what lies in it beyond that is not looked at.
  private static final int MOST_FILES = 200;

  private static final String ENDING = ".md";

  private final Path folder;
  private final Path userFolder;
  private final Admission admission;
  private final Consumer<String> notices;
  private boolean refused;

  /// @param folder the working folder
  /// @param userFolder where the user's own agents are
  /// @param admission which files of the repository count (A57)
  /// @param notices hears of files that are left aside
  public AgentFiles(Path folder, Path userFolder, Admission admission, Consumer<String> notices) {
    this.folder = folder;
    this.userFolder = userFolder;
    this.admission = admission;
    this.notices = notices;
  }

  /// All definitions, by name.
  public Map<String, AgentDefinition> all() {
    var found = new LinkedHashMap<String, AgentDefinition>();
    files(userFolder, Owner.USER)
        .forEach(file ->
            read(file, (_, _) -> true).ifPresent(own -> found.putIfAbsent(own.name(), kept(own))));
    var taken =
        Stream.concat(
                found.keySet().stream(),
                Stream.of(BuiltinAgents.all(), BuiltinAgents.primary())
                    .flatMap(List::stream)
                    .map(AgentDefinition::name))
            .collect(Collectors.toUnmodifiableSet());
    var theirs = new ArrayList<Path>();
    for (var name : List.of(".mimocode", ".claude")) {
      for (var level : WorkflowFolder.levels(folder)) {
        theirs.addAll(files(level.resolve(name).resolve("agents"), Owner.REPOSITORY));
      }
    }
    if (!theirs.isEmpty()) {
      var admitted = admission.admitted(folder);
      theirs.forEach(
          file -> read(file, admitted).ifPresent(agent -> add(file, agent, taken, found)));
      tellOfUntrusted();
    }
    return found;
  }

  /// Whoever redefines an agent that only looks gets another one that only looks (A40).
  private static AgentDefinition kept(AgentDefinition own) {
    return BuiltinAgents.onlyLooks(own.name()) ? own.readOnly() : own;
  }

  private void add(
      Path file, AgentDefinition theirs, Set<String> taken, Map<String, AgentDefinition> found) {
    if (taken.contains(theirs.name())) {
      leave(file, "'" + theirs.name() + "' is an agent already");
    } else {
      found.putIfAbsent(theirs.name(), theirs);
    }
  }

  /// Whose files lie in a folder.
  private enum Owner {
    USER,
    REPOSITORY
  }

  /// A repository's files are read only where they lie in it: a link may lead to a key.
  private List<Path> files(Path place, Owner owner) {
    var links =
        owner == Owner.USER ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    var parent = place.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent, links) || !Files.isDirectory(place, links)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ENDING))
          .filter(file -> Files.isRegularFile(file, links))
          .sorted()
          .limit(MOST_FILES)
          .toList();
    } catch (IOException e) {
      leave(place, "it cannot be read");
      return List.of();
    }
  }

  /// Told once, not for each of them.
  private void tellOfUntrusted() {
    if (refused) {
      notices.accept(Admission.LEFT_ASIDE);
    }
  }

  private Optional<AgentDefinition> read(Path file, BiPredicate<Path, String> admitted) {
    try {
      if (Files.size(file) > AgentDefinition.MOST_CHARS) {
        leave(file, "it is longer than " + AgentDefinition.MOST_CHARS + " bytes");
        return Optional.empty();
      }
      var name = file.getFileName().toString();
      var stem = name.substring(0, name.length() - ENDING.length());
      var text = Files.readString(file, StandardCharsets.UTF_8);
      if (!admitted.test(file, text)) {
        refused = true;
        return Optional.empty();
      }
      return Optional.of(AgentDefinition.parse(stem, text, shown(file).toString()));
    } catch (IOException e) {
      leave(file, "it cannot be read as UTF-8");
    } catch (IllegalArgumentException e) {
      leave(file, "it defines no agent: " + e.getMessage());
    }
    return Optional.empty();
  }

  private void leave(Path file, String why) {
    notices.accept(shown(file) + " is left aside: " + why + ".");
  }

  private Path shown(Path file) {
    return file.startsWith(folder) ? folder.relativize(file) : file;
  }
}
