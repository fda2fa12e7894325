package mimo.cli.command.memory;

import java.nio.file.Path;
import java.util.List;
import mimo.cli.command.Setting;
import mimo.cli.script.WorkflowFolder;
import mimo.cli.trust.Trust;
import mimo.cli.trust.Written;

/// Writes what the user himself wants written: it makes no repository that is trusted one that is
/// not.
final class OwnWords {

  private OwnWords() {}

  /// @param files where it goes
  static void write(Setting setting, List<Path> files, Trust.Writing<InterruptedException> writing)
      throws InterruptedException {
    var written = new Written();
    write(
        setting,
        files,
        written,
        () -> {
          writing.write();
          files.forEach(written::file);
        });
  }

  /// @param files where it may go
  /// @param written filled on the way
  static void write(
      Setting setting,
      List<Path> files,
      Written written,
      Trust.Writing<InterruptedException> writing)
      throws InterruptedException {
    var folder = setting.scripts().folder();
    var root = WorkflowFolder.levels(folder).getLast();
    if (files.stream().noneMatch(file -> file.startsWith(root))) {
      writing.write();
      return;
    }
    var trust = setting.trust();
    trust.keepOver(root, written, () -> trust.keepOver(folder, written, writing));
  }
}
