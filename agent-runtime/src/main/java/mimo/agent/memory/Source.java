package mimo.agent.memory;

import java.util.Locale;

/// From whom an entry is (M2), the most trusted kind first.
///
/// @param tool which one, for [Kind#TOOL]; empty for the others
public record Source(Kind kind, String tool) implements Comparable<Source> {

  /// The user, as mimo saw.
  public static final Source USER = new Source(Kind.USER, "");

  /// Somebody who can write the file, most likely the user.
  public static final Source UNVERIFIED = new Source(Kind.UNVERIFIED, "");

  /// A model, from what it was told by the user and the workspace.
  public static final Source AGENT = new Source(Kind.AGENT, "");

  /// A page of the web.
  public static final Source WEB = new Source(Kind.WEB, "");

  private static final String TOOL = "tool:";

  /// Kinds of sources, by how far they are trusted.
  public enum Kind {
    USER,
    UNVERIFIED,
    AGENT,
    TOOL,
    WEB
  }

  /// What a tool of somebody else's said.
  public static Source tool(String name) {
    return new Source(Kind.TOOL, name);
  }

  /// Whether text from it is never more than data (M4).
  public boolean isUntrusted() {
    return kind == Kind.TOOL || kind == Kind.WEB;
  }

  /// The less trusted of both: what was mixed is no better than its worst part.
  public Source and(Source other) {
    return compareTo(other) >= 0 ? this : other;
  }

  @Override
  public int compareTo(Source other) {
    int kinds = kind.compareTo(other.kind);
    return kinds == 0 ? tool.compareTo(other.tool) : kinds;
  }

  /// As people read it and files keep it.
  public String word() {
    return switch (kind) {
      case UNVERIFIED -> "user (unverified)";
      case TOOL -> TOOL + tool;
      case USER, AGENT, WEB -> kind.name().toLowerCase(Locale.ROOT);
    };
  }

  /// What [#word()] wrote; what nobody wrote is not verified.
  public static Source of(String word) {
    if (word.startsWith(TOOL)) {
      return tool(word.substring(TOOL.length()));
    }
    return switch (word) {
      case "user" -> USER;
      case "agent" -> AGENT;
      case "web" -> WEB;
      default -> UNVERIFIED;
    };
  }
}
