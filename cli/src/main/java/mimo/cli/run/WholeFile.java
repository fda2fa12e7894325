package mimo.cli.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import mimo.cli.error.CommandException;
import mimo.engine.EngineLimits;

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
          "export_failed", file + " is there and no plain file, so it is left alone");
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
      throw new CommandException("export_failed", "cannot write " + file + ": " + e);
    }
  }

  /// Reads an exported one, and checks it as it is read.
  ///
  /// @param reading takes the text; what is no UTF-8 becomes text that fits no digest
  public static <T> T read(Path file, Reading<T> reading) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > EngineLimits.ARCHIVE_BYTES) {
        throw new CommandException(
            "archive_invalid",
            file + " is no file of at most " + EngineLimits.ARCHIVE_BYTES + " bytes");
      }
      try (var in =
          new BufferedReader(
              new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
        return Failing.told(() -> reading.from(in), file.toString());
      }
    } catch (IOException e) {
      throw new CommandException("archive_invalid", "cannot read " + file + ": " + e);
    }
  }

  /// What is made of the text of a file.
  public interface Reading<T> {
    T from(BufferedReader in) throws IOException;
  }
}
