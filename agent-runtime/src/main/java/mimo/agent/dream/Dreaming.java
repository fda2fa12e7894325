package mimo.agent.dream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mimo.agent.dream.Material.Untrusted;
import mimo.agent.history.History;
import mimo.agent.memory.Memory;
import mimo.agent.memory.MemoryEntry;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.TokenUsage;
import mimo.agent.provider.offline.OfflineProvider;
import mimo.engine.CancellationToken;

/// Looks for what could be better, and writes down what it proposes (M24). Thread-safe.
///
/// @param history what was said in the project's sessions
public record Dreaming(Memory memory, History history) {

  /// What is to be looked at.
  ///
  /// @param days that are looked back
  /// @param model who is asked; the offline one means nobody
  /// @param untrusted whether the model is shown what is from the web and tools of others
  public record Wish(int days, Resolution.Resolved model, boolean untrusted) {
    boolean asks() {
      return !model.provider().id().equals(OfflineProvider.ID);
    }
  }

  /// What came of it.
  public sealed interface Result {

    /// @param usage what the question took
    record Proposed(Proposal proposal, TokenUsage usage) implements Result {}

    /// There is nothing to change.
    ///
    /// @param notes what else there is to know
    record Nothing(List<String> notes, TokenUsage usage) implements Result {
      public Nothing {
        notes = List.copyOf(notes);
      }
    }

    /// The model gave no answer.
    ///
    /// @param code a name of the error table
    /// @param usage what was paid all the same
    record Failed(String code, String message, TokenUsage usage) implements Result {}
  }

  /// Proposes what to change in the project's memory and the global one.
  ///
  /// @throws InterruptedException if cancelled
  public Result dream(Wish wish, CancellationToken cancellation) throws InterruptedException {
    var layout = memory.layout();
    var entries = new ArrayList<MemoryEntry>(memory.entries(layout.global()));
    entries.addAll(memory.entries(layout.ofProject()));
    var suggestions = new ArrayList<>(Duplicates.among(entries));
    var notes = new ArrayList<String>();
    var usage = TokenUsage.NONE;
    if (wish.asks()) {
      var said = history.since(Dream.since(memory.now(), wish.days()), cancellation);
      var material =
          new Material(entries, said, wish.untrusted() ? Untrusted.SHOWN : Untrusted.LEFT_OUT);
      var dream = new Dream(material, layout.ofProject().name(), taken(suggestions));
      var question = new Question(Dream.SYSTEM, dream.question(), Dream.SCHEMA, dream::faults);
      switch (question.ask(wish.model(), cancellation)) {
        case Question.Reply.Failed(var code, var message, var paid) -> {
          return new Result.Failed(code, message, paid);
        }
        case Question.Reply.Answered(var answer, var used) -> {
          suggestions.addAll(dream.suggestions(answer, memory.revisions()::newId));
          usage = used;
          notes.addAll(material.notes());
        }
      }
    }
    return result(wish, suggestions, notes, usage);
  }

  private static Set<String> taken(List<Suggestion> suggestions) {
    var taken = new HashSet<String>();
    for (var each : suggestions) {
      each.revision().takes().forEach(held -> taken.add(held.id()));
      each.revision().needs().forEach(held -> taken.add(held.id()));
    }
    return taken;
  }

  private Result result(
      Wish wish, List<Suggestion> suggestions, List<String> notes, TokenUsage usage)
      throws InterruptedException {
    if (suggestions.isEmpty()) {
      return new Result.Nothing(notes, usage);
    }
    var proposal =
        new Proposal(
            memory.revisions().newId().replaceFirst("m", "p"),
            memory.now(),
            wish.asks() ? wish.model().reference() : Proposal.NO_MODEL,
            memory.layout().project(),
            wish.days(),
            notes,
            suggestions);
    return new Result.Proposed(new Proposals(memory).keep(proposal), usage);
  }
}
