package mimo.agent.memory;

import java.util.Locale;
import java.util.Optional;

/// What a file of the memory is for.
public enum MemoryType {
  /// What is to be known for good: `MEMORY.md`.
  MEMORY,
  /// The state of a session: `checkpoint.md`.
  CHECKPOINT,
  /// What had no room in it: `checkpoint-TOPIC.md`.
  SPILL,
  /// What an agent noted: `notes.md`.
  NOTES,
  /// The log of one task: `progress.md`.
  PROGRESS;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<MemoryType> of(String word) {
    for (var type : values()) {
      if (type.word().equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
