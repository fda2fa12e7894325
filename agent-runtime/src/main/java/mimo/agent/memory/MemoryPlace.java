package mimo.agent.memory;

import java.nio.file.Path;

/// A file of the memory, which need not exist.
///
/// @param name what people call it: its path below the memory's folder
/// @param owner the project's or the session's id; empty if it is global
/// @param file where it is
public record MemoryPlace(
    String name, MemoryScope scope, MemoryType type, String owner, Path file) {

  /// Whether it is of the kinds that only checkpoints write (M9).
  boolean isCheckpoint() {
    return type == MemoryType.CHECKPOINT || type == MemoryType.SPILL;
  }
}
