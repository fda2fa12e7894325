package mimo.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import mimo.cli.error.CommandException;
import mimo.engine.archive.ArchiveReader;
import mimo.engine.archive.ArchiveWriter;
import mimo.engine.archive.ArchivedRun;

/// The files that hold exported runs.
final class RunFiles {

  static final String ENDING = ".mimorun";

  private static final int DEEPEST = 16;

  private RunFiles() {}

  /// Writes a run, whole or not at all, where perhaps another file was.
  ///
  /// @return how many bytes the file has
  static long write(ArchivedRun run, Path file) {
    return WholeFile.write(file, out -> ArchiveWriter.write(run, out));
  }

  /// Reads and checks a run.
  static ArchivedRun read(Path file) {
    return WholeFile.read(file, ArchiveReader::read);
  }

  /// The files of exported runs among these paths and below them, sorted by name.
  static List<Path> find(List<Path> paths) {
    var found = new TreeSet<Path>();
    for (var path : paths) {
      found.addAll(below(path));
    }
    return new ArrayList<>(found);
  }

  private static List<Path> below(Path path) {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!Files.isDirectory(path)) {
      throw new CommandException("no_tests", "there is no " + path);
    }
    try (var files = Files.walk(path, DEEPEST)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
          .toList();
    } catch (IOException e) {
      throw new CommandException("archive_invalid", "cannot read " + path + ": " + e);
    }
  }

  static boolean isFolder(Path path) {
    return Files.isDirectory(path);
  }

  /// The text of a script's file, if it is there.
  static Optional<String> text(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      // It cannot be read as text now, so it is not what was read then.
      return Optional.empty();
    }
  }
}
