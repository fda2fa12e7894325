package mimo.cli.script;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiPredicate;

/// Says whether what a repository brings along may run where its author chose the name, not the
/// user (A57). Thread-safe.
public interface Admission {

  /// Lets a script that was found by its name run.
  ///
  /// @param folder the working folder
  /// @throws mimo.cli.error.CommandException `untrusted` if it may not
  void admit(Path folder, Script script, Manner manner);

  /// Says of a file of the repository, with the text that was read of it, whether it counts. Nobody
  /// is asked.
  BiPredicate<Path, String> admitted(Path folder);

  /// Whether the user trusts everything a repository brings along, and its memory with it (M1).
  boolean trusts(Path folder);

  /// The digests of all files of the repository that count, by their real paths; none where it is
  /// not trusted. Nobody is asked.
  Map<Path, String> trusted(Path folder);

  /// What people are told once where something of a repository does not count.
  String LEFT_ASIDE =
      "This repository brings along what agents would use or run; it is left aside, because you"
          + " have not said that you trust it (mimo trust).";

  /// Whether a person may be asked.
  enum Manner {
    ASKING,
    SILENT
  }
}
