package mimo.cli.extension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mimo.agent.AgentLimits;
import mimo.agent.skill.Skill;
import mimo.cli.extension.Grounds.Owner;

/// A skill's or command's file with its head and all.
public final class WholeFile {

  private WholeFile() {}

  /// Whether there is a file at all.
  public static boolean isThere(Path file) {
    return Files.isRegularFile(file);
  }

  /// Whether two paths lead to one file.
  public static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException gone) {
      return false;
    }
  }

  /// What it says now; empty if it does not count as it is.
  public static Optional<String> text(Grounds grounds, Skill.Owner owner, Path file) {
    var whose = owner == Skill.Owner.USER ? Owner.USER : Owner.REPOSITORY;
    return ExtensionText.read(file, whose, grounds.root(), AgentLimits.SKILL_CHARS)
                instanceof ExtensionText.Found(var text)
            && new Admitted(grounds).test(file, whose, text)
        ? Optional.of(text)
        : Optional.empty();
  }
}
