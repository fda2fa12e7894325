package mimo.agent.memory;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A change to entries of one file, as somebody wants it who has seen them: some go, and new words
/// may come in the place of the first, or at the end of a section.
///
/// @param takes what goes
/// @param needs what must still be there, because it says what goes
/// @param heading of the section they stand in; empty for the end of the file, or if it matters not
/// @param text the new words; empty if there are none
/// @param provenance of the new words, or of the thought that what goes should go
public record Revision(
    List<Held> takes, List<Held> needs, String heading, String text, Provenance provenance) {

  /// Sections whose entries are instructions.
  private static final Set<String> INSTRUCTING = Set.of("rules", "constraints");

  /// An entry as it was seen.
  ///
  /// @param digest of what it said
  public record Held(String id, String digest) {
    public static Held of(MemoryEntry entry) {
      return new Held(entry.id(), Digest.of(entry.text()).substring(0, 32));
    }
  }

  public Revision {
    takes = List.copyOf(takes);
    needs = List.copyOf(needs);
  }

  /// Entries that go, because others say the same.
  public static Revision taking(List<Held> takes, List<Held> needs) {
    return new Revision(takes, needs, "", "", new Provenance("", Source.AGENT, "", 0));
  }

  /// Entries that go, because nothing is true of them any more.
  ///
  /// @param heading of the section they stand in
  /// @param source who may have had that thought
  public static Revision retiring(List<Held> takes, String heading, Source source) {
    return new Revision(takes, List.of(), heading, "", new Provenance("", source, "", 0));
  }

  /// Whether anything is put in.
  public boolean adds() {
    return !text.isEmpty();
  }

  /// Whether it puts in or takes away what is an instruction or counts everywhere, though it is
  /// from somebody who may give none (M4).
  public boolean wantsApproval(MemoryPlace place) {
    return provenance.source().isUntrusted()
        && (place.scope() == MemoryScope.GLOBAL || instructs(heading));
  }

  /// Whether what stands under these headings is told as an instruction.
  public static boolean instructs(String heading) {
    var last = heading.substring(heading.lastIndexOf('>') + 1).strip();
    return INSTRUCTING.contains(last.toLowerCase(Locale.ROOT));
  }

  /// The same, of which the user has said that its words may count as his.
  public Revision approved() {
    return new Revision(takes, needs, heading, text, provenance.approved());
  }
}
