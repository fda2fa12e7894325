package mimo.engine.journal.sqlite;

import java.util.Locale;
import java.util.Set;

/// Whether the locks of a file system can be trusted to say who lives (D41).
public enum LockTrust {
  /// The lock of a stream decides who owns it.
  LOCKS,

  /// Its owner says every few seconds that it lives, and that decides.
  HEARTBEATS;

  /// Folders that a virtual machine or another program lends. Some of them take every lock.
  private static final Set<String> LENT =
      Set.of("vboxsf", "vmhgfs", "prl_fs", "drvfs", "virtiofs", "v9fs", "fuse");

  /// What is known of a type of file systems.
  static LockTrust of(String fileSystem) {
    var type = fileSystem.toLowerCase(Locale.ROOT);
    return LENT.contains(type) || type.startsWith("fuse.") ? HEARTBEATS : LOCKS;
  }
}
