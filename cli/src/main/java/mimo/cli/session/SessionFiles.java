package mimo.cli.session;

import java.nio.file.Path;
import mimo.cli.run.WholeFile;
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
    return WholeFile.read(file, ArchiveReader::readSession);
  }
}
