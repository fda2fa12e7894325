package mimo.agent.checkpoint;

import java.util.Locale;
import java.util.Optional;

/// A part of a checkpoint, in the order in which they stand (K9).
public enum Section {
  /// What the user wants, in his own words.
  ACTIVE_INTENT("Active intent", 500),
  /// One concrete step, with its file or command.
  NEXT_ACTION("Next action", 1_000),
  /// What must be and what must not, each with its reason.
  CONSTRAINTS("Constraints", 800),
  /// The work items, as the list of tasks has them.
  TASK_TREE("Task tree", 1_000),
  /// What is half done, and where it stands.
  CURRENT_WORK("Current work", 2_000),
  /// Paths, what they are for, and whether they were read or changed.
  INVOLVED_FILES("Involved files", 1_500),
  /// Facts of use beyond what is worked on now.
  DISCOVERIES("Cross-task discoveries", 2_000),
  /// What went wrong, word for word, and what helped or did not.
  ERRORS_AND_FIXES("Errors and fixes", 1_500),
  /// What runs: processes, ports, branches, other agents and workflows.
  RUNTIME_STATE("Runtime state", 1_000),
  /// What was decided, what was not, and why.
  DESIGN_DECISIONS("Design decisions", 3_000),
  /// Questions and what is left over.
  OPEN_NOTES("Open notes", 700);

  private final String title;
  private final int tokens;

  Section(String title, int tokens) {
    this.title = title;
    this.tokens = tokens;
  }

  /// Its heading, without the marks.
  public String title() {
    return title;
  }

  /// The most it may have.
  public int tokens() {
    return tokens;
  }

  /// As people type it, and as files with what had no room in it are called.
  public String word() {
    return title.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  /// The one that is called so: by its word or its title.
  public static Optional<Section> of(String name) {
    for (var section : values()) {
      if (section.word().equalsIgnoreCase(name) || section.title.equalsIgnoreCase(name)) {
        return Optional.of(section);
      }
    }
    return Optional.empty();
  }
}
