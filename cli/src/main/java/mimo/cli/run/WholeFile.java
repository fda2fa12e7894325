package mimo.cli.run;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import mimo.cli.error.CommandException;

/// A file that is written whole or not at all, where perhaps another file was.
public final class WholeFile {

  private WholeFile() {}

  /// What the file is to hold.
  public interface Content {
    void write(Writer out) throws IOException;
  }

  /// Writes it. What is there and no plain file is left alone.
  ///
  /// @return how many bytes the file has
  public static long write(Path file, Content content) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new CommandException(
          "output_failed", file + " is there and no plain file, so it is left alone");
    }
    try {
      var folder = Files.createDirectories(file.toAbsolutePath().normalize().getParent());
      var fresh = Files.createTempFile(folder, "." + file.getFileName(), ".part");
      try {
        try (var out = Files.newBufferedWriter(fresh)) {
          content.write(out);
        }
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
      return Files.size(file);
    } catch (IOException e) {
      throw new CommandException("output_failed", "cannot write " + file + ": " + e);
    }
  }
}
