package mimo.cli.script;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mimo.cli.error.CommandException;
import mimo.cli.error.Nearest;
import mimo.cli.script.Admission.Manner;

/// Finds the script somebody means by a path or a name (L17–L19).
public final class Scripts {

  /// Well above what the compiler takes: it says best what is wrong with a long script, but nobody
  /// should wait for a disk image.
  private static final long MAX_BYTES = 4L * 1024 * 1024;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

  private final Path folder;
  private final Path userFolder;
  private final Builtins builtins;
  private final Admission admission;
  private final Manner manner;

  /// The workflows that come with mimo.
  public interface Builtins {

    List<String> names();

    Optional<Script> find(String name);

    /// What it does, what it takes: Markdown.
    Optional<String> readme(String name);
  }

  /// @param folder the working folder
  /// @param userFolder where the user's own workflows are
  /// @param admission which scripts of a repository may run by a name
  public Scripts(Path folder, Path userFolder, Builtins builtins, Admission admission) {
    this(folder, userFolder, builtins, admission, Manner.ASKING);
  }

  private Scripts(
      Path folder, Path userFolder, Builtins builtins, Admission admission, Manner manner) {
    this.folder = folder;
    this.userFolder = userFolder;
    this.builtins = builtins;
    this.admission = admission;
    this.manner = manner;
  }

  /// What the same paths and names mean to a script of a run in another folder. Nobody is asked
  /// while it runs.
  public Scripts in(Path other) {
    return new Scripts(other, userFolder, builtins, admission, Manner.SILENT);
  }

  /// The working folder.
  public Path folder() {
    return folder;
  }

  /// Whether that can be a script, by its ending.
  public static boolean isScript(String path) {
    return WorkflowFolder.isScript(path);
  }

  public Builtins builtins() {
    return builtins;
  }

  /// The script called `fileOrName`, which is about to run. What has a separator or a script's
  /// ending is a path, and whoever names it agrees to it; a name of the repository's has to be
  /// trusted (A57).
  public Script find(String fileOrName) {
    if (isPath(fileOrName)) {
      return read(fileOrName, folder.resolve(fileOrName));
    }
    var found = named(fileOrName);
    if (found.origin().isOfRepository()) {
      admit(fileOrName, found.script());
    }
    return found.script();
  }

  private void admit(String name, Script script) {
    try {
      admission.admit(folder, script, manner);
    } catch (CommandException refused) {
      if (builtins.find(name).isEmpty()) {
        throw refused;
      }
      throw new CommandException(
          "workflow_untrusted",
          script.name()
              + " would stand in for the built-in workflow '"
              + name
              + "', and is not trusted");
    }
  }

  /// The same script, to be looked at: it may not run.
  public Script look(String fileOrName) {
    return isPath(fileOrName)
        ? read(fileOrName, folder.resolve(fileOrName))
        : named(fileOrName).script();
  }

  /// Whether that is taken for a path, and not for a name.
  public static boolean isPath(String fileOrName) {
    return fileOrName.contains("/") || WorkflowFolder.isScript(fileOrName);
  }

  /// The first workflow of this name.
  public Named named(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new CommandException(
          "workflow_unknown",
          "'" + name + "' is no name of a workflow: those are letters, digits and . _ -");
    }
    return folders().stream()
        .flatMap(place -> in(place, name).stream())
        .findFirst()
        .or(() -> builtins.find(name).map(script -> new Named(WorkflowOrigin.BUILT_IN, script)))
        .orElseThrow(() ->
            new CommandException(
                "workflow_unknown",
                "no workflow is called '"
                    + name
                    + "'"
                    + Nearest.hint(name, list().stream().map(NamedWorkflow::name).toList())));
  }

  /// A script that was found by its name.
  public record Named(WorkflowOrigin origin, Script script) {}

  /// In one folder a file's name counts before what its `meta` says.
  private Optional<Named> in(WorkflowFolder place, String name) {
    var scripts = place.scripts();
    return Stream.concat(
            scripts.stream().filter(file -> WorkflowFolder.stem(file).equals(name)),
            scripts.stream().filter(file -> entry(place, file).title().equals(name)))
        .findFirst()
        .map(file -> new Named(place.origin(), read(shown(file), file)));
  }

  /// Every workflow that has a name, those that another one shadows behind it.
  public List<NamedWorkflow> list() {
    var all = new ArrayList<NamedWorkflow>();
    var taken = new HashSet<String>();
    for (var place : folders()) {
      add(place.scripts().stream().map(file -> entry(place, file)).toList(), all, taken);
    }
    add(
        builtins.names().stream()
            .flatMap(name -> builtins.find(name).map(script -> builtIn(name, script)).stream())
            .toList(),
        all,
        taken);
    return all;
  }

  private static NamedWorkflow builtIn(String name, Script script) {
    return NamedWorkflow.of(name, WorkflowOrigin.BUILT_IN, script);
  }

  /// Inside a folder files' names go first; both they and titles shadow what folders behind hold.
  private static void add(List<NamedWorkflow> folder, List<NamedWorkflow> all, Set<String> taken) {
    for (var workflow : folder) {
      all.add(taken.add(workflow.name()) ? workflow : workflow.inTheShadow());
    }
    folder.stream().map(NamedWorkflow::title).filter(title -> !title.isEmpty()).forEach(taken::add);
  }

  private NamedWorkflow entry(WorkflowFolder place, Path file) {
    var name = WorkflowFolder.stem(file);
    try {
      return NamedWorkflow.of(name, place.origin(), read(shown(file), file));
    } catch (CommandException e) {
      return NamedWorkflow.unreadable(name, place.origin(), file.toString(), e);
    }
  }

  private List<WorkflowFolder> folders() {
    return WorkflowFolder.of(folder, userFolder);
  }

  /// Where this project keeps its workflows: its nearest folder of them, or a new one.
  public Path projectFolder() {
    return folders().stream()
        .filter(place -> place.origin() == WorkflowOrigin.PROJECT)
        .map(WorkflowFolder::path)
        .filter(Files::isDirectory)
        .findFirst()
        .orElseGet(() -> folder.resolve(".mimocode/workflows"));
  }

  /// Where the user keeps their own.
  public Path userFolder() {
    return userFolder;
  }

  /// The script a run was started with, found again.
  public Script at(String location) {
    if (location.startsWith("builtin:")) {
      var name = location.substring("builtin:".length());
      return builtins
          .find(name)
          .orElseThrow(() ->
              new CommandException(
                  "script_missing", "this mimo has no built-in workflow '" + name + "'"));
    }
    return read(shown(Path.of(location)), Path.of(location));
  }

  /// How errors call a file: from the working folder, if it is below it.
  private String shown(Path file) {
    return file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
  }

  /// The text of a file the user names, other than a script.
  public String text(String file) {
    return read(file, folder.resolve(file)).text();
  }

  private static Script read(String name, Path file) {
    try {
      if (!Files.exists(file)) {
        throw new CommandException("script_missing", "there is no file " + file);
      }
      if (!Files.isRegularFile(file)) {
        throw new CommandException("script_missing", file + " is no file");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new CommandException(
            "script_invalid", file + " has " + Files.size(file) + " bytes; no script is that long");
      }
      return new Script(name, file.toAbsolutePath().normalize().toString(), Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new CommandException("script_invalid", file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new CommandException("script_missing", "cannot read " + file + ": " + e);
    }
  }
}
