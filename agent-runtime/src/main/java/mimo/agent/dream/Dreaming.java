package mimo.agent.dream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mimo.agent.history.History;
import mimo.agent.memory.Memory;
import mimo.agent.memory.MemoryEntry;
import mimo.agent.proposal.Origin;
import mimo.agent.proposal.Outcome;
import mimo.agent.proposal.Proposals;
import mimo.agent.proposal.Question;
import mimo.agent.proposal.Suggestion;
import mimo.agent.proposal.Wish;
import mimo.agent.provider.TokenUsage;
import mimo.engine.CancellationToken;

/// Looks for what could be better, and writes down what it proposes (M24). Thread-safe.
///
/// @param history what was said in the project's sessions
public record Dreaming(Memory memory, History history) {

  /// Proposes what to change in the project's memory and the global one.
  ///
  /// @throws InterruptedException if cancelled
  public Outcome dream(Wish wish, CancellationToken cancellation) throws InterruptedException {
    var layout = memory.layout();
    var entries = new ArrayList<MemoryEntry>(memory.entries(layout.global()));
    entries.addAll(memory.entries(layout.ofProject()));
    var suggestions = new ArrayList<>(Duplicates.among(entries));
    var notes = new ArrayList<String>();
    var usage = TokenUsage.NONE;
    if (wish.asks()) {
      var said = history.since(wish.since(memory.now()), cancellation);
      var material = new Material(entries, said, wish.untrusted());
      var dream = new Dream(material, layout.ofProject().name(), taken(suggestions));
      var question = new Question(Dream.SYSTEM, dream.question(), Dream.SCHEMA, dream::faults);
      switch (question.ask(wish.model(), cancellation)) {
        case Question.Reply.Failed(var code, var message, var paid) -> {
          return new Outcome.Failed(code, message, paid);
        }
        case Question.Reply.Answered(var answer, var used) -> {
          suggestions.addAll(dream.suggestions(answer, memory.revisions()::newId));
          usage = used;
          notes.addAll(material.notes());
        }
      }
    }
    return new Proposals(memory).propose(Origin.DREAM, wish, suggestions, notes, usage);
  }

  private static Set<String> taken(List<Suggestion> suggestions) {
    var taken = new HashSet<String>();
    for (var each : suggestions) {
      each.revision()
          .ifPresent(revision -> {
            revision.takes().forEach(held -> taken.add(held.id()));
            revision.needs().forEach(held -> taken.add(held.id()));
          });
    }
    return taken;
  }
}
