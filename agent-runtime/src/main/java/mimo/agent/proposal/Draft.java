package mimo.agent.proposal;

import java.util.List;
import java.util.Locale;
import mimo.agent.memory.Source;
import mimo.agent.skill.Skill;

/// A skill or a command as somebody proposes it: a whole file.
///
/// @param owner in whose folders it would lie
/// @param path from the owner's outermost folder, with `/` between its parts
/// @param before a digest of what the file said when this was proposed; empty if there was none
/// @param text what it would say
public record Draft(
    Kind kind,
    String name,
    Skill.Owner owner,
    String path,
    String before,
    String text,
    Source source)
    implements Change {

  /// @throws IllegalArgumentException if skills or commands of this name do not lie there
  public Draft {
    if (!kind.liesAt(path, owner, name)) {
      throw new IllegalArgumentException(
          "no %s of the name '%s' lies at '%s'".formatted(kind.word(), name, path));
    }
  }

  /// The folder of a repository in which new ones lie.
  private static final String OWN = ".mimocode";

  /// What such a file is to agents.
  public enum Kind {
    SKILL("skills"),
    COMMAND("commands");

    private final String folder;

    Kind(String folder) {
      this.folder = folder;
    }

    /// The folders of a repository in which its own lies.
    private List<String> homes() {
      return switch (this) {
        case SKILL -> List.of(OWN, ".agents", ".claude");
        case COMMAND -> List.of(OWN, ".claude");
      };
    }

    /// For people and files.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Where a new one lies.
    ///
    /// @param named a name that is one part of a path
    public String path(Skill.Owner owner, String named) {
      return (owner == Skill.Owner.REPOSITORY ? OWN + "/" : "") + inside(named);
    }

    /// Whether one of this name may lie there: where no other kind of file does.
    ///
    /// @param path from the owner's outermost folder, with `/` between its parts
    public boolean liesAt(String path, Skill.Owner owner, String named) {
      var parts = List.of(path.split("/", -1));
      if (named.isEmpty() || parts.contains("") || parts.contains(".") || parts.contains("..")) {
        return false;
      }
      return switch (owner) {
        case USER -> path.equals(inside(named));
        case REPOSITORY ->
            homes().stream()
                .anyMatch(home -> ("/" + path).endsWith("/" + home + "/" + inside(named)));
      };
    }

    private String inside(String named) {
      return folder + "/" + named.replace(':', '/') + (this == SKILL ? "/" + Skill.FILE : ".md");
    }
  }

  /// Whether there is no such file yet.
  public boolean isNew() {
    return before.isEmpty();
  }
}
