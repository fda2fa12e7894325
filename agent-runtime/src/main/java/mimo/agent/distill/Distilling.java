package mimo.agent.distill;

import java.util.ArrayList;
import mimo.agent.AgentLimits;
import mimo.agent.history.History;
import mimo.agent.history.Said;
import mimo.agent.memory.Memory;
import mimo.agent.proposal.DraftFiles;
import mimo.agent.proposal.Origin;
import mimo.agent.proposal.Outcome;
import mimo.agent.proposal.Proposals;
import mimo.agent.proposal.Question;
import mimo.agent.proposal.Wish;
import mimo.agent.provider.TokenUsage;
import mimo.engine.CancellationToken;

/// Looks at what the sessions of the last weeks did, and writes down what skills and commands it
/// proposes (M24). Thread-safe.
///
/// @param history what was said in the workspace's sessions
/// @param files where drafts would lie
public record Distilling(Memory memory, History history, DraftFiles files) {

  /// Proposes skills and commands. Where nobody is asked, it says what was done again and again.
  ///
  /// @throws InterruptedException if cancelled
  public Outcome distill(Wish wish, Ground ground, CancellationToken cancellation)
      throws InterruptedException {
    var shown = Distill.shown(ground);
    var known = Distill.known(ground, shown);
    var transcript = transcript(wish, ground, known.length(), cancellation);
    if (!wish.asks()) {
      return new Outcome.Nothing(
          transcript.repetitions().stream().map(Repetition::words).toList(), TokenUsage.NONE);
    }
    if (transcript.isEmpty()) {
      return new Outcome.Nothing(transcript.notes(), TokenUsage.NONE);
    }
    var distill = new Distill(transcript, known);
    var question =
        new Question(Distill.SYSTEM, distill.question(), Distill.SCHEMA, Distill::faults);
    return switch (question.ask(wish.model(), cancellation)) {
      case Question.Reply.Failed(var code, var message, var paid) ->
          new Outcome.Failed(code, message, paid);
      case Question.Reply.Answered(var answer, var used) -> {
        var drafts = new Drafts(memory, files, ground, shown, transcript);
        drafts.read(answer);
        var notes = new ArrayList<>(drafts.notes());
        notes.addAll(transcript.notes());
        yield new Proposals(memory)
            .propose(Origin.DISTILL, wish, drafts.suggestions(), notes, used);
      }
    };
  }

  private Transcript transcript(Wish wish, Ground ground, int known, CancellationToken cancellation)
      throws InterruptedException {
    var since = wish.since(memory.now());
    var said = new ArrayList<Said>(history.since(since, cancellation));
    ground.runs().stream().filter(run -> !run.at().isBefore(since)).forEach(said::add);
    return new Transcript(said, AgentLimits.DISTILL_CHARS - known, wish.untrusted(), memory::clean);
  }
}
