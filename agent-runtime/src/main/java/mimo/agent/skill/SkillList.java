package mimo.agent.skill;

import java.nio.charset.StandardCharsets;
import java.util.List;
import mimo.agent.AgentLimits;

/// What agents are told first of the skills there are: as much as has room, in any case the same
/// for the same skills (A31, A37).
public final class SkillList {

  private static final String HEAD =
      """
      Skills
      Each is a set of instructions for a kind of task. Before a task that one fits, load it by
      the tool skill, if you have that tool.
      """;

  /// Below this, a description says nothing any more.
  private static final int LEAST_CHARS = 24;

  private SkillList() {}

  /// The list; empty if there are none.
  public static String of(List<Skill> skills) {
    if (skills.isEmpty()) {
      return "";
    }
    int chars = AgentLimits.SKILL_DESCRIPTION_CHARS;
    while (chars > LEAST_CHARS && bytes(of(skills, skills.size(), chars)) > limit()) {
      chars = Math.max(LEAST_CHARS, chars * 9 / 10);
    }
    int shown = skills.size();
    while (shown > 0 && bytes(of(skills, shown, chars)) > limit()) {
      shown--;
    }
    return of(skills, shown, chars);
  }

  private static int limit() {
    return AgentLimits.SKILL_LIST_BYTES;
  }

  private static String of(List<Skill> skills, int shown, int chars) {
    var text = new StringBuilder(HEAD);
    for (var skill : skills.subList(0, shown)) {
      text.append("- ").append(skill.name()).append(": ");
      text.append(cut(skill.description(), chars)).append('\n');
    }
    if (shown < skills.size()) {
      text.append("- and ").append(skills.size() - shown);
      text.append(" more; skill {\"query\":\"words\"} finds them\n");
    }
    return text.toString();
  }

  private static String cut(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(chars - 2)) ? chars - 2 : chars - 1;
    return text.substring(0, end) + "…";
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
