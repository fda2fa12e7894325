package mimo.agent.memory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.agent.memory.MarkdownText.Kind;
import mimo.agent.memory.MemoryLog.Known;
import mimo.agent.memory.Revision.Held;
import mimo.engine.redaction.WordRemoval;

/// Changes entries of the memory as somebody wants who has seen them: what says something else by
/// now stays as it is (M6). Thread-safe.
public final class Revisions {

  private final Memory memory;

  Revisions(Memory memory) {
    this.memory = memory;
  }

  /// What became of several changes to one file.
  ///
  /// @param text what the file says now
  /// @param left those that could not be made: what they rest on is not as it was
  public record Outcome(String text, List<Revision> left) {
    public Outcome {
      left = List.copyOf(left);
    }
  }

  /// An id for words that are to be put in.
  public String newId() {
    return memory.newId();
  }

  /// What a file would say, without secrets.
  public Outcome preview(MemoryPlace place, List<Revision> revisions) {
    var now = memory.text(place).orElse("");
    var pass = new Pass(place, revisions);
    return new Outcome(pass.apply(now), pass.left);
  }

  /// Makes the changes.
  ///
  /// @param by what they are called in the log
  /// @throws MemoryException `memory_untrusted` if one would make an instruction of what may be
  ///   none
  public Outcome apply(MemoryPlace place, List<Revision> revisions, String by)
      throws InterruptedException {
    var known = new ArrayList<Known>();
    for (var revision : revisions) {
      if (revision.wantsApproval(place)) {
        throw MemoryException.untrusted(revision.provenance().source(), place, revision.heading());
      }
      if (revision.adds()) {
        known.add(Known.of(revision.provenance(), memory.kept(revision.text())));
      }
    }
    var pass = new Pass(place, revisions);
    var outcome = memory.writer().write(place, new Change(by, known, pass::apply));
    return new Outcome(outcome.text(), pass.left);
  }

  /// The user takes an entry for his own (M4).
  ///
  /// @return the entry as it is now
  public MemoryEntry approve(MemoryEntry entry) throws InterruptedException {
    var known = Known.of(entry.provenance().approved(), entry.text());
    var change = new Change("approve", List.of(known), now -> approved(entry, now));
    var outcome = memory.writer().write(entry.place(), change);
    return memory.entries(entry.place(), memory.clean(outcome.text())).stream()
        .filter(each -> each.id().equals(entry.id()) && each.text().equals(entry.text()))
        .findFirst()
        .orElseThrow(() -> changed(entry));
  }

  /// The user makes an entry a rule of the project, in whatever file it stands (M4).
  public MemoryEntry approveAsRule(MemoryEntry entry) throws InterruptedException {
    var project = memory.layout().ofProject();
    var from = entry.provenance();
    var own = new Provenance(newId(), from.source(), from.session(), from.turn(), from.was());
    var rule = new Revision(List.of(), List.of(Held.of(entry)), "Rules", entry.text(), own);
    var added = apply(project, List.of(rule.approved()), "approve");
    if (!added.left().isEmpty()) {
      throw changed(entry);
    }
    // Only then, so that it is in one of both places at any time.
    var moved = Revision.taking(List.of(Held.of(entry)), List.of());
    var _ = apply(entry.place(), List.of(moved), "approve");
    return memory.find(own.id(), List.of(project));
  }

  /// Takes words out of what sessions wrote beside the memory, and of every version that is kept of
  /// any file (M21). An entry of another file that says the same is another one, and stays.
  ///
  /// @return the names of the files that changed
  public List<String> erase(WordRemoval removal) throws InterruptedException {
    var writer = memory.writer();
    var layout = memory.layout();
    var changed = new ArrayList<String>();
    var untouched = new ArrayList<Path>();
    for (var place : layout.all()) {
      if (place.scope() == MemoryScope.SESSION) {
        var change = new Change("forget", List.of(), removal::clean);
        if (writer.write(place, change).changed()) {
          changed.add(place.name());
        }
      } else if (removal.concerns(memory.raw(place).orElse(""))) {
        untouched.add(layout.logOf(place));
      }
    }
    writer.rewriteVersions(removal::clean, untouched);
    return List.copyOf(changed);
  }

  private static MemoryException changed(MemoryEntry entry) {
    return MemoryException.unknown(
        "the entry " + entry.id() + " was changed in this moment; list the entries again");
  }

  /// Its comment says so too, if it has one; the log is asked in any case.
  private String approved(MemoryEntry entry, String now) {
    var result = new StringBuilder();
    for (var block : MarkdownText.of(now).blocks()) {
      boolean same =
          block.kind() == Kind.ENTRY
              && Provenance.claimed(block.raw()).filter(entry.id()::equals).isPresent()
              && memory.clean(block.text()).equals(entry.text());
      result.append(
          same ? Provenance.marked(block.raw(), entry.provenance().approved()) : block.raw());
    }
    return result.toString();
  }

  /// The changes to one text; made anew if the text changes. Confined to one thread.
  private final class Pass {
    private final MemoryPlace place;
    private final List<Revision> revisions;
    private final Set<Held> elsewhere = new HashSet<>();
    private final List<Revision> left = new ArrayList<>();

    Pass(MemoryPlace place, List<Revision> revisions) {
      this.place = place;
      this.revisions = List.copyOf(revisions);
      for (var other : memory.layout().visible("")) {
        if (!other.name().equals(place.name())) {
          memory.entries(other).forEach(entry -> elsewhere.add(Held.of(entry)));
        }
      }
    }

    String apply(String now) {
      left.clear();
      var text = new Standing(place, now, elsewhere);
      var added = new ArrayList<Revision>();
      for (var revision : revisions) {
        if (text.has(revision.provenance().id())) {
          continue;
        }
        if (!text.allows(revision)) {
          left.add(revision);
        } else if (revision.takes().isEmpty()) {
          added.add(revision);
        } else {
          text.take(revision);
        }
      }
      var result = text.toString();
      for (var revision : added) {
        result = Change.appended(result, revision.heading(), text.item("- ", revision));
      }
      return result;
    }
  }

  /// A text and which of its entries stand where. Confined to one thread.
  private final class Standing {
    private final List<String> raw = new ArrayList<>();
    private final List<String> marks = new ArrayList<>();
    private final Map<Held, List<Integer>> at = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<Integer> taken = new HashSet<>();
    private final Set<Integer> needed = new HashSet<>();
    private final Set<Held> elsewhere;
    private final String newline;

    Standing(MemoryPlace place, String now, Set<Held> elsewhere) {
      this.elsewhere = elsewhere;
      var entries = new HashMap<Integer, MemoryEntry>();
      memory.entries(place, memory.clean(now)).forEach(each -> entries.put(each.first(), each));
      var text = MarkdownText.of(now);
      newline = text.newline();
      for (var block : text.blocks()) {
        var entry = entries.get(block.first());
        if (block.kind() == Kind.ENTRY && entry != null) {
          at.computeIfAbsent(Held.of(entry), _ -> new ArrayList<>()).add(raw.size());
          ids.add(entry.id());
        }
        raw.add(block.raw());
        marks.add(block.mark());
      }
    }

    boolean has(String id) {
      return ids.contains(id);
    }

    /// Whether everything a change rests on is as it was, and no other change takes it.
    boolean allows(Revision revision) {
      for (var held : revision.needs()) {
        var blocks = at.get(held);
        boolean stands =
            blocks == null ? elsewhere.contains(held) : !taken.contains(blocks.getFirst());
        if (!stands) {
          return false;
        }
      }
      for (var held : revision.takes()) {
        var blocks = takes(revision, held);
        if (blocks.isEmpty()
            || blocks.stream().anyMatch(b -> taken.contains(b) || needed.contains(b))) {
          return false;
        }
      }
      return true;
    }

    /// Where it stands; of what stands there twice, one stays if it is needed.
    private List<Integer> takes(Revision revision, Held held) {
      var blocks = at.getOrDefault(held, List.of());
      return revision.needs().contains(held) && !blocks.isEmpty()
          ? blocks.subList(1, blocks.size())
          : blocks;
    }

    void take(Revision revision) {
      boolean placed = !revision.adds();
      for (var held : revision.takes()) {
        for (int block : takes(revision, held)) {
          taken.add(block);
          raw.set(
              block,
              placed ? "" : String.join(newline, item(marks.get(block), revision)) + newline);
          placed = true;
        }
      }
      for (var held : revision.needs()) {
        at.getOrDefault(held, List.of()).stream().findFirst().ifPresent(needed::add);
      }
    }

    List<String> item(String mark, Revision revision) {
      return Change.item(mark, memory.kept(revision.text()), revision.provenance());
    }

    @Override
    public String toString() {
      return String.join("", raw);
    }
  }
}
