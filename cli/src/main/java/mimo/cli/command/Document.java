package mimo.cli.command;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import mimo.cli.error.CommandException;

/// The file in the workspace that receives a workflow's text. A file that mimo did not write is
/// never replaced.
public final class Document {

  private static final String MARK = "<!-- Written by mimo compose.";
  private static final String FIRST_LINE = MARK + " What you change here is lost next time. -->\n";

  private Document() {}

  /// Says so before a run is paid for, rather than after.
  public static void refuseToReplaceAnother(Path file) {
    try {
      if (Files.notExists(file)) {
        return;
      }
      // Only a regular file: opening a pipe would wait for whoever writes to it.
      if (Files.isRegularFile(file) && startsWithMark(file)) {
        return;
      }
    } catch (IOException unreadable) {
      throw new CommandException(
          "output_exists", "cannot read the file that is already at " + file + ": " + unreadable);
    }
    throw new CommandException(
        "output_exists", file + " exists and was not written by mimo, so it is not replaced");
  }

  private static boolean startsWithMark(Path file) throws IOException {
    var mark = MARK.getBytes(StandardCharsets.UTF_8);
    try (var in = Files.newInputStream(file)) {
      return Arrays.equals(mark, in.readNBytes(mark.length));
    }
  }

  /// Writes `text` below a line that marks the file as mimo's, whole or not at all.
  public static void write(Path file, String text) {
    refuseToReplaceAnother(file);
    var bytes = (FIRST_LINE + "\n" + text).getBytes(StandardCharsets.UTF_8);
    try {
      // Through a link: the file it leads to is replaced, and the link stays.
      var target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      var folder = Files.createDirectories(target.getParent());
      var name = "." + target.getFileName() + ".mimo-" + Long.toHexString(System.nanoTime());
      var fresh = folder.resolve(name);
      try {
        Files.write(fresh, bytes, CREATE, TRUNCATE_EXISTING, WRITE, SYNC);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException failure) {
      throw new CommandException(
          "output_failed", "cannot write the result to " + file + ": " + failure);
    }
  }
}
