package mimo.agent.memory;

/// One thing that is remembered: an item of a list, or a paragraph.
///
/// @param heading the headings it stands under, ` > ` between them; empty if under none
/// @param text without marks of the list and comments of mimo's
/// @param first its first line, counted from 1
/// @param last its last line
public record MemoryEntry(
    MemoryPlace place, String heading, String text, Provenance provenance, int first, int last) {

  public String id() {
    return provenance.id();
  }
}
