package mimo.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
    var folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
      var fresh = Files.createTempFile(folder, ".mimo-", ".tmp");
      try {
        var bytes = (FIRST_LINE + "\n" + text).getBytes(StandardCharsets.UTF_8);
        try (var channel = Files.newByteChannel(fresh, StandardOpenOption.WRITE)) {
          channel.write(java.nio.ByteBuffer.wrap(bytes));
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException failure) {
      throw new CommandException(
          "output_failed", "cannot write the result to " + file + ": " + failure);
    }
  }
}
