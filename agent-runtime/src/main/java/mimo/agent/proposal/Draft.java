package mimo.agent.proposal;

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

  /// What such a file is to agents.
  public enum Kind {
    SKILL("skills"),
    COMMAND("commands");

    private final String folder;

    Kind(String folder) {
      this.folder = folder;
    }

    /// For people and files.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Where a new one lies.
    ///
    /// @param named a name that is one part of a path
    public String path(Skill.Owner owner, String named) {
      var file = this == SKILL ? named + "/" + Skill.FILE : named + ".md";
      return (owner == Skill.Owner.REPOSITORY ? ".mimocode/" : "") + folder + "/" + file;
    }
  }

  /// Whether there is no such file yet.
  public boolean isNew() {
    return before.isEmpty();
  }
}
