package mimo.agent.dream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import mimo.agent.dream.Suggestion.Change;
import mimo.agent.dream.Suggestion.State;
import mimo.agent.memory.Memory;
import mimo.agent.memory.MemoryException;
import mimo.agent.memory.MemoryPlace;
import mimo.agent.memory.Revision;

/// Does what the user has accepted, and nothing else. Thread-safe.
///
/// @param project the folder in which files are made
public record Acceptance(Memory memory, Path project) {

  /// Accepts what waits.
  ///
  /// @param numbers which suggestions, counted from 1; none for all that need no approval of their
  ///   own. Those that are named are approved by that (M4)
  /// @return the proposal as it is now
  public Proposal accept(Proposal proposal, Set<Integer> numbers) throws InterruptedException {
    var states = new ArrayList<State>();
    proposal.suggestions().forEach(each -> states.add(each.state()));
    var byFile = new LinkedHashMap<String, List<Integer>>();
    for (int i = 0; i < states.size(); i++) {
      var suggestion = proposal.suggestions().get(i);
      if (suggestion.state() != State.OPEN
          || (numbers.isEmpty() ? wantsApproval(suggestion) : !numbers.contains(i + 1))) {
        continue;
      }
      switch (suggestion.change()) {
        case Change.OfMemory(var place, _) ->
            byFile.computeIfAbsent(place, _ -> new ArrayList<>()).add(i);
        case Change.NewFile file -> states.set(i, made(file) ? State.ACCEPTED : State.OUTDATED);
      }
    }
    for (var file : byFile.entrySet()) {
      var place = place(file.getKey());
      var revisions = new LinkedHashMap<Revision, Integer>();
      for (int i : file.getValue()) {
        var revision = revision(proposal.suggestions().get(i));
        revisions.put(
            numbers.isEmpty() || !revision.wantsApproval(place) ? revision : revision.approved(),
            i);
      }
      var by = ProposalText.word(proposal.kind()) + " " + proposal.id();
      var outcome = memory.revisions().apply(place, List.copyOf(revisions.keySet()), by);
      revisions.forEach((revision, i) ->
          states.set(i, outcome.left().contains(revision) ? State.OUTDATED : State.ACCEPTED));
    }
    return settled(proposal, states);
  }

  /// Nothing of it is wanted.
  public Proposal reject(Proposal proposal) throws InterruptedException {
    var states =
        proposal.suggestions().stream()
            .map(each -> each.state() == State.OPEN ? State.REJECTED : each.state())
            .toList();
    return settled(proposal, states);
  }

  private Proposal settled(Proposal proposal, List<State> states) throws InterruptedException {
    var suggestions = new ArrayList<Suggestion>();
    for (int i = 0; i < states.size(); i++) {
      suggestions.add(proposal.suggestions().get(i).with(states.get(i)));
    }
    return new Proposals(memory).keep(proposal.with(suggestions));
  }

  /// Whether the user has to name it to accept it.
  public boolean wantsApproval(Suggestion suggestion) {
    return suggestion.change() instanceof Change.OfMemory(var place, var revision)
        && revision.wantsApproval(place(place));
  }

  /// What a file of the memory would say if all that waits were accepted.
  public String preview(String place, List<Suggestion> suggestions) {
    var revisions = suggestions.stream().map(Acceptance::revision).toList();
    return memory.revisions().preview(place(place), revisions).text();
  }

  private static Revision revision(Suggestion suggestion) {
    return switch (suggestion.change()) {
      case Change.OfMemory(_, var revision) -> revision;
      case Change.NewFile file -> throw new IllegalArgumentException(file.path() + " is no entry");
    };
  }

  private MemoryPlace place(String name) {
    var layout = memory.layout();
    return List.of(layout.global(), layout.ofProject()).stream()
        .filter(place -> place.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> MemoryException.unknown("the file " + name + " is not one of this project's"));
  }

  /// Never over a file that is there.
  private boolean made(Change.NewFile file) {
    var target = project.resolve(file.path()).normalize();
    if (!target.startsWith(project.resolve(".mimocode")) || linked(target)) {
      return false;
    }
    try {
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      Files.write(
          target,
          file.text().getBytes(UTF_8),
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
      return true;
    } catch (FileAlreadyExistsException there) {
      return false;
    } catch (IOException unwritable) {
      throw MemoryException.failed(target + " cannot be written", unwritable);
    }
  }

  /// Whether a link leads elsewhere on the way.
  private boolean linked(Path target) {
    for (var at = target; at != null && !at.equals(project); at = at.getParent()) {
      if (Files.isSymbolicLink(at)
          || (Files.exists(at, NOFOLLOW_LINKS)
              && !at.equals(target)
              && !Files.isDirectory(at, NOFOLLOW_LINKS))) {
        return true;
      }
    }
    return false;
  }
}
