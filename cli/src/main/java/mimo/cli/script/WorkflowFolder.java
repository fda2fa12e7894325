package mimo.cli.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import mimo.cli.error.CommandException;
import org.jspecify.annotations.Nullable;

/// One folder in which workflows have names. It need not be there.
///
/// @param within where its scripts must really lie; null if they may be links to anywhere
public record WorkflowFolder(WorkflowOrigin origin, Path path, @Nullable Path within) {

  /// Nobody keeps more scripts in one folder; what lies in it beyond that is not looked at.
  private static final int MOST_FILES = 1_000;

  private static final int MOST_LEVELS = 64;

  private static final List<String> ENDINGS = List.of(".js", ".mjs", ".ts");

  /// The folders that count for somebody who works in `here`, in the order of lookup.
  static List<WorkflowFolder> of(Path here, Path user) {
    var levels = levels(here);
    var folders = new ArrayList<WorkflowFolder>();
    levels.forEach(level ->
        folders.add(
            new WorkflowFolder(
                WorkflowOrigin.PROJECT, level.resolve(".mimocode/workflows"), levels.getLast())));
    levels.forEach(level ->
        folders.add(
            new WorkflowFolder(
                WorkflowOrigin.CLAUDE, level.resolve(".claude/workflows"), levels.getLast())));
    folders.add(new WorkflowFolder(WorkflowOrigin.USER, user, null));
    return folders;
  }

  /// From the working folder up to the root of its repository; outside of one, that folder alone.
  public static List<Path> levels(Path here) {
    var levels = new ArrayList<Path>();
    for (var level = here;
        level != null && levels.size() < MOST_LEVELS;
        level = level.getParent()) {
      levels.add(level);
      if (Files.exists(level.resolve(".git"))) {
        return levels;
      }
    }
    return List.of(here);
  }

  /// Its scripts, by name and then in the order in which endings count.
  List<Path> scripts() {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> isScript(file.getFileName().toString()) && Files.isRegularFile(file))
          .filter(this::isOwn)
          .sorted(
              Comparator.comparing(WorkflowFolder::stem).thenComparingInt(WorkflowFolder::ending))
          .limit(MOST_FILES)
          .toList();
    } catch (IOException e) {
      throw new CommandException("script_missing", "cannot read the folder " + path + ": " + e);
    }
  }

  /// A repository gives names to what lies in it, never by a link to the user's other files.
  private boolean isOwn(Path file) {
    try {
      return within == null || file.toRealPath().startsWith(within.toRealPath());
    } catch (IOException unresolved) {
      return false;
    }
  }

  static boolean isScript(String name) {
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  /// The file's name without its ending.
  public static String stem(Path file) {
    var name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot < 1 ? name : name.substring(0, dot);
  }

  private static int ending(Path file) {
    var name = file.getFileName().toString();
    return ENDINGS.indexOf(name.substring(name.lastIndexOf('.')));
  }
}
