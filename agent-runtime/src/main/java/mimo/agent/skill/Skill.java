package mimo.agent.skill;

import com.google.re2j.Pattern;
import java.nio.file.Path;
import java.util.Locale;
import mimo.agent.AgentLimits;
import mimo.agent.definition.FrontMatter;

/// Instructions for a kind of task, by name. What they are is read when they are used.
///
/// @param description when they are of use
/// @param folder where they and what belongs to them lie; absolute
public record Skill(String name, String description, Owner owner, Path folder) {

  /// The file of a skill's folder that makes it one.
  public static final String FILE = "SKILL.md";

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /// Who has written them.
  public enum Owner {
    USER,
    REPOSITORY;

    /// For people.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Reads what a file says of its skill.
  ///
  /// @param text of the file `SKILL.md` in `folder`
  /// @throws IllegalArgumentException saying what is wrong with it
  public static Skill parse(String text, Owner owner, Path folder) {
    if (text.length() > AgentLimits.SKILL_CHARS) {
      throw new IllegalArgumentException(
          "it has more than " + AgentLimits.SKILL_CHARS + " characters");
    }
    var head = FrontMatter.read(text);
    var name = head.text("name").orElseThrow(() -> missing("name"));
    var description = head.text("description").orElseThrow(() -> missing("description"));
    if (name.length() > AgentLimits.SKILL_NAME_CHARS || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "its name '%s' must be small letters and digits with single dashes between, at most %d"
              .formatted(name, AgentLimits.SKILL_NAME_CHARS));
    }
    if (!name.equals(String.valueOf(folder.getFileName()))) {
      throw new IllegalArgumentException(
          "its name '" + name + "' is not that of its folder, " + folder.getFileName());
    }
    if (description.length() > AgentLimits.SKILL_DESCRIPTION_CHARS) {
      throw new IllegalArgumentException(
          "its description has %d characters, more than %d"
              .formatted(description.length(), AgentLimits.SKILL_DESCRIPTION_CHARS));
    }
    return new Skill(name, description.replaceAll("\\s+", " "), owner, folder);
  }

  private static IllegalArgumentException missing(String key) {
    return new IllegalArgumentException("its head has no " + key);
  }
}
