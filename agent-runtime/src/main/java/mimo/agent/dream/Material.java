package mimo.agent.dream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mimo.agent.AgentLimits;
import mimo.agent.history.Said;
import mimo.agent.memory.MemoryEntry;
import mimo.agent.memory.Source;
import mimo.agent.proposal.Excerpt;
import mimo.agent.proposal.Suggestion.Basis;
import mimo.agent.proposal.Wish.Untrusted;

/// What a model is shown, each piece with a name by which it can be cited. Immutable.
final class Material {

  private static final Set<String> KINDS = Set.of("user", "model");

  private final Map<String, MemoryEntry> entries = new LinkedHashMap<>();
  private final Map<String, Said> said = new LinkedHashMap<>();
  private final Source worst;
  private final int unheard;
  private final int missing;

  /// @param all what was said, the session used last first
  Material(List<MemoryEntry> remembered, List<Said> all, Untrusted untrusted) {
    boolean everything = untrusted == Untrusted.SHOWN;
    int room = AgentLimits.DREAM_CHARS;
    var source = Source.AGENT;
    int left = 0;
    int skipped = 0;
    for (var entry : remembered) {
      if (!everything && entry.provenance().source().isUntrusted()) {
        left++;
      } else if (entry.text().length() > room) {
        skipped++;
      } else {
        room -= entry.text().length();
        source = source.and(entry.provenance().source());
        entries.put("E" + (entries.size() + 1), entry);
      }
    }
    for (var each : all) {
      if (!KINDS.contains(each.kind())) {
        continue;
      }
      int length = Math.min(each.text().length(), AgentLimits.DREAM_SAID_CHARS);
      if (!everything && each.context().source().isUntrusted()) {
        left++;
      } else if (length > room) {
        skipped++;
      } else {
        room -= length;
        source = source.and(each.context().source());
        said.put("S" + (said.size() + 1), each);
      }
    }
    worst = source;
    unheard = left;
    missing = skipped;
  }

  Optional<MemoryEntry> entry(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  boolean knows(String name) {
    return entries.containsKey(name) || said.containsKey(name);
  }

  /// What a name stands for, as a change rests on it.
  Optional<Basis> basis(String name) {
    var entry = entries.get(name);
    var words = said.get(name);
    return entry != null ? Optional.of(Basis.of(entry)) : Optional.ofNullable(words).map(Basis::of);
  }

  /// The least trusted that words may be from that a model finds in it: it has seen all of it.
  Source source() {
    return worst;
  }

  /// What the user has to know of it.
  List<String> notes() {
    var notes = new ArrayList<String>();
    if (unheard > 0) {
      notes.add(
          unheard
              + " pieces from the web or tools of others were not shown to the model"
              + " (--untrusted)");
    }
    if (missing > 0) {
      notes.add(missing + " pieces had no room in the question");
    }
    return notes;
  }

  String entriesText() {
    var text = new StringBuilder();
    entries.forEach((name, entry) ->
        text.append(
            "%s [%s; %s; from %s]\n%s\n"
                .formatted(
                    name,
                    entry.place().name(),
                    entry.heading().isEmpty() ? "no heading" : entry.heading(),
                    entry.provenance().source().word(),
                    quoted(entry.text()))));
    return text.toString();
  }

  String saidText() {
    var text = new StringBuilder();
    said.forEach((name, each) ->
        text.append(
            "%s [session %s, turn %d, %s; %s; from %s]\n%s\n"
                .formatted(
                    name,
                    each.session(),
                    each.context().turn(),
                    each.at().toString().substring(0, 16),
                    each.kind(),
                    each.context().source().word(),
                    quoted(Excerpt.of(each.text().strip(), AgentLimits.DREAM_SAID_CHARS)))));
    return text.toString();
  }

  private static String quoted(String text) {
    return "> " + text.replace("\n", "\n> ");
  }
}
