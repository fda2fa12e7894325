package mimo.agent.memory;

import java.util.List;

/// Entries of the memory as a model is told them: what is from elsewhere is quoted, so that it is
/// never an instruction (M4).
public final class EntryText {

  private EntryText() {}

  /// All of them under their headings, in their order; empty if there are none.
  public static String of(List<MemoryEntry> entries) {
    var text = new StringBuilder();
    var heading = "";
    for (var entry : entries) {
      if (!entry.heading().equals(heading)) {
        heading = entry.heading();
        text.append(text.isEmpty() ? "" : "\n").append("## ").append(heading).append('\n');
      }
      text.append(line(entry, entry.text())).append('\n');
    }
    return text.toString().strip();
  }

  /// @param text of the entry, or of it what there is room for
  static String line(MemoryEntry entry, String text) {
    var source = entry.provenance().source();
    // Each line of a quotation is marked: none of them begins anything of its own.
    return source.isUntrusted()
        ? "- data from %s:\n  > %s".formatted(source.word(), text.replace("\n", "\n  > "))
        : "- " + text.replace("\n", "\n  ");
  }
}
