package mimo.agent.proposal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import mimo.agent.memory.Memory;
import mimo.agent.memory.MemoryException;
import mimo.agent.memory.MemoryPlace;
import mimo.agent.memory.Revision;
import mimo.agent.memory.Revision.Held;
import mimo.agent.proposal.Suggestion.State;

/// Does what the user has accepted, and nothing else. Thread-safe.
///
/// That a change is begun is written down before it is made, and what became of it right after. So
/// whoever was killed in between accepts it again, and is told that it is done.
///
/// @param files where skills and commands are written
public record Acceptance(Memory memory, DraftFiles files) {

  /// Hears of each file of a draft as soon as it is settled.
  public interface Listener {
    /// It says now what the draft does.
    void written(Draft draft);

    /// It could not be written; the draft still waits.
    void failed(Draft draft, String why);
  }

  /// Accepts what waits. A file that cannot be written keeps no other one from it.
  ///
  /// @param numbers which suggestions, counted from 1; none for all that need no approval of their
  ///   own. Those that are named are approved by that (M4)
  /// @return the proposal as it is now
  public Proposal accept(Proposal proposal, Set<Integer> numbers, Listener listener)
      throws InterruptedException {
    var byFile = new LinkedHashMap<String, List<Integer>>();
    var drafts = new ArrayList<Integer>();
    for (int i = 0; i < proposal.suggestions().size(); i++) {
      var suggestion = proposal.suggestions().get(i);
      boolean wanted = numbers.isEmpty() ? !wantsApproval(suggestion) : numbers.contains(i + 1);
      if (suggestion.state().waits() && wanted) {
        switch (suggestion.change()) {
          case Change.OfMemory(var place, _) ->
              byFile.computeIfAbsent(place, _ -> new ArrayList<>()).add(i);
          case Draft _ -> drafts.add(i);
        }
      }
    }
    var now = proposal;
    for (var file : byFile.entrySet()) {
      now = accept(now, place(file.getKey()), file.getValue(), !numbers.isEmpty());
    }
    for (int draft : drafts) {
      now = write(now, draft, listener);
    }
    return now;
  }

  private Proposal write(Proposal proposal, int at, Listener listener) throws InterruptedException {
    var proposals = new Proposals(memory);
    var begun = proposals.tell(proposal, Map.of(at, State.BEGUN));
    var suggestion = begun.suggestions().get(at);
    if (!(suggestion.change() instanceof Draft draft) || !suggestion.state().waits()) {
      return begun;
    }
    return switch (files.write(draft)) {
      case DraftFiles.Written.Done() -> {
        listener.written(draft);
        yield proposals.tell(begun, Map.of(at, State.ACCEPTED));
      }
      case DraftFiles.Written.Changed() -> proposals.tell(begun, Map.of(at, State.OUTDATED));
      case DraftFiles.Written.Failed(var why) -> {
        listener.failed(draft, why);
        yield proposals.tell(begun, Map.of(at, State.OPEN));
      }
    };
  }

  private Proposal accept(Proposal proposal, MemoryPlace place, List<Integer> all, boolean named)
      throws InterruptedException {
    var proposals = new Proposals(memory);
    var before = proposals.tell(proposal, states(all, State.BEGUN));
    var revisions = new LinkedHashMap<Revision, Integer>();
    for (int i : all) {
      var suggestion = before.suggestions().get(i);
      if (suggestion.change() instanceof Change.OfMemory(_, var revision)
          && suggestion.state().waits()) {
        revisions.put(named && revision.wantsApproval(place) ? revision.approved() : revision, i);
      }
    }
    var outcome =
        memory.revisions().apply(place, List.copyOf(revisions.keySet()), "dream " + proposal.id());
    var standing = new HashSet<String>();
    memory.entries(place).forEach(entry -> standing.add(entry.id()));
    var states = new HashMap<Integer, State>();
    revisions.forEach((revision, i) -> {
      boolean begun = proposal.suggestions().get(i).state() == State.BEGUN;
      boolean done = !outcome.left().contains(revision) || (begun && isGone(revision, standing));
      states.put(i, done ? State.ACCEPTED : State.OUTDATED);
    });
    return proposals.tell(before, states);
  }

  /// Whether all that a change takes, and puts nothing in its place, is not there any more.
  private static boolean isGone(Revision revision, Set<String> standing) {
    return !revision.adds()
        && revision.takes().stream().map(Held::id).noneMatch(standing::contains);
  }

  private static Map<Integer, State> states(List<Integer> all, State state) {
    var states = new TreeMap<Integer, State>();
    all.forEach(i -> states.put(i, state));
    return states;
  }

  /// Nothing of it is wanted.
  public Proposal reject(Proposal proposal) throws InterruptedException {
    var waiting = new ArrayList<Integer>();
    for (int i = 0; i < proposal.suggestions().size(); i++) {
      if (proposal.suggestions().get(i).state().waits()) {
        waiting.add(i);
      }
    }
    return new Proposals(memory).tell(proposal, states(waiting, State.REJECTED));
  }

  /// Whether the user has to name it to accept it.
  public boolean wantsApproval(Suggestion suggestion) {
    return switch (suggestion.change()) {
      case Change.OfMemory(var place, var revision) -> revision.wantsApproval(place(place));
      case Draft draft -> draft.source().isUntrusted();
    };
  }

  /// What a file of the memory would say if all that waits were accepted.
  public String preview(String place, List<Suggestion> suggestions) {
    var revisions = suggestions.stream().flatMap(each -> each.revision().stream()).toList();
    return memory.revisions().preview(place(place), revisions).text();
  }

  private MemoryPlace place(String name) {
    var layout = memory.layout();
    return List.of(layout.global(), layout.ofProject()).stream()
        .filter(place -> place.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> MemoryException.unknown("the file " + name + " is not one of this project's"));
  }
}
