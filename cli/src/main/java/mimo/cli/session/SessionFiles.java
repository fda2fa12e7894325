package mimo.cli.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import mimo.cli.error.CommandException;
import mimo.cli.run.Failing;
import mimo.cli.run.WholeFile;
import mimo.engine.EngineLimits;
import mimo.engine.archive.ArchiveReader;
import mimo.engine.archive.ArchiveWriter;
import mimo.engine.archive.ArchivedSession;

/// The files that hold exported sessions.
final class SessionFiles {

  static final String ENDING = ".mimosession";

  private SessionFiles() {}

  /// Writes a session, whole or not at all, where perhaps another file was.
  ///
  /// @return how many bytes the file has
  static long write(ArchivedSession session, Path file) {
    return WholeFile.write(file, out -> ArchiveWriter.write(session, out));
  }

  /// Reads and checks a session.
  static ArchivedSession read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > EngineLimits.ARCHIVE_BYTES) {
        throw new CommandException(
            "archive_invalid",
            file + " is no file of at most " + EngineLimits.ARCHIVE_BYTES + " bytes");
      }
      // What is no UTF-8 becomes text that fits no digest.
      try (var in =
          new BufferedReader(
              new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
        return Failing.told(() -> ArchiveReader.readSession(in), file.toString());
      }
    } catch (IOException e) {
      throw new CommandException("archive_invalid", "cannot read " + file + ": " + e);
    }
  }
}
