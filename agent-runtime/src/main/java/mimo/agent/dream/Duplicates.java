package mimo.agent.dream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mimo.agent.AgentLimits;
import mimo.agent.memory.MemoryEntry;
import mimo.agent.memory.MemoryScope;
import mimo.agent.memory.Revision;
import mimo.agent.memory.Revision.Held;
import mimo.agent.proposal.Change;
import mimo.agent.proposal.Suggestion;
import mimo.agent.proposal.Suggestion.Basis;

/// Finds entries that say what others say, without a model: nothing is lost with them.
final class Duplicates {

  private Duplicates() {}

  private record Read(MemoryEntry entry, Likeness likeness) {}

  /// @param entries of all files that count here, in their order
  static List<Suggestion> among(List<MemoryEntry> entries) {
    var read =
        entries.stream()
            .limit(AgentLimits.DREAM_ENTRIES)
            .map(entry -> new Read(entry, Likeness.of(entry.text())))
            .toList();
    var found = new ArrayList<Suggestion>();
    var gone = new HashSet<Read>();
    var kept = new HashSet<Read>();
    for (var one : read) {
      better(one, read, gone)
          // What stays for the sake of another is not taken in the same proposal.
          .filter(_ -> !kept.contains(one))
          .ifPresent(other -> {
            // The same entry twice in a section bears one name, and goes once.
            boolean twice = Held.of(one.entry()).equals(Held.of(other.entry()));
            if (!twice || one.entry().first() > other.entry().first()) {
              gone.add(one);
              kept.add(other);
              found.add(suggestion(one, other));
            }
          });
    }
    return dropRepeated(found);
  }

  private static List<Suggestion> dropRepeated(List<Suggestion> found) {
    var seen = new HashSet<Object>();
    found.removeIf(each ->
        each.revision().stream()
            .flatMap(revision -> revision.takes().stream())
            .anyMatch(held -> !seen.add(held)));
    return List.copyOf(found.subList(0, Math.min(found.size(), AgentLimits.DREAM_CHANGES)));
  }

  /// The one that makes an entry needless.
  private static Optional<Read> better(Read one, List<Read> all, Set<Read> gone) {
    return all.stream()
        .filter(other -> !other.equals(one) && !gone.contains(other))
        .filter(other -> replaces(other, one))
        .findFirst();
  }

  /// Whether all that `one` says, and the weight it has, is in `other` too.
  private static boolean replaces(Read other, Read one) {
    boolean same = other.likeness().isSame(one.likeness());
    if (!same && !one.likeness().isPartOf(other.likeness())) {
      return false;
    }
    var mine = one.entry();
    var its = other.entry();
    boolean everywhere = its.place().scope() == MemoryScope.GLOBAL;
    if (!everywhere && mine.place().scope() == MemoryScope.GLOBAL) {
      return false;
    }
    if (Revision.instructs(mine.heading()) && !Revision.instructs(its.heading())) {
      return false;
    }
    int trust = its.provenance().source().compareTo(mine.provenance().source());
    if (trust > 0) {
      return false;
    }
    // Of two that are equal in everything, the first one stays.
    boolean equal =
        same
            && trust == 0
            && mine.place().name().equals(its.place().name())
            && Revision.instructs(mine.heading()) == Revision.instructs(its.heading());
    return !equal || its.first() < mine.first();
  }

  private static Suggestion suggestion(Read one, Read other) {
    boolean same = other.likeness().isSame(one.likeness());
    var place = one.entry().place().name();
    var change = Revision.taking(List.of(Held.of(one.entry())), List.of(Held.of(other.entry())));
    var where =
        other.entry().place().name().equals(place) ? "" : " in " + other.entry().place().name();
    var reason =
        (same ? "says the same as " : "each of its words stands in ") + other.entry().id() + where;
    return Suggestion.open(
        new Change.OfMemory(place, change),
        reason,
        List.of(Basis.of(one.entry()), Basis.of(other.entry())));
  }
}
