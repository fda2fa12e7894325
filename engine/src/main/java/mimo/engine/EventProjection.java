package mimo.engine;

import mimo.engine.journal.JournalEntry;

/// Shows a journal entry as the event that others may see: one event for each entry, so that their
/// numbers are equal.
final class EventProjection {

  private EventProjection() {}

  static RunEvent of(JournalEntry entry) {
    return switch (entry) {
      case JournalEntry.RunStarted started ->
          new RunEvent.Started(
              started.request().workflow(),
              started.request().arguments(),
              started.request().options(),
              started.generation(),
              started.origin(),
              started.at());
      case JournalEntry.StepScheduled(var seq, var request, _) ->
          new RunEvent.StepScheduled(
              seq,
              request.kind(),
              request.label(),
              request.phase(),
              request.path(),
              request.position());
      case JournalEntry.StepCompleted(var seq, var value, var usage, var report, _, var reused) ->
          new RunEvent.StepCompleted(seq, value, usage, report, reused);
      case JournalEntry.StepFailed(var seq, var code, var message, var usage, var report) ->
          new RunEvent.StepFailed(seq, code, message, usage, report);
      case JournalEntry.StepSpent(var seq, var usage) -> new RunEvent.StepSpent(seq, usage);
      case JournalEntry.Delivered(var seqs, var clock, var spent) ->
          new RunEvent.Delivered(seqs, clock, spent);
      case JournalEntry.LogWritten(var text) -> new RunEvent.LogWritten(text);
      case JournalEntry.PhaseEntered(var title) -> new RunEvent.PhaseEntered(title);
      case JournalEntry.BudgetOpened(var number, var parent, var name, var limit) ->
          new RunEvent.BudgetOpened(number, parent, name, limit);
      case JournalEntry.RunResumed(var at, var setAside) -> new RunEvent.Resumed(at, setAside);
      case JournalEntry.RunParked(var reason, var code, var message, var until, var at) ->
          new RunEvent.Parked(reason, code, message, until, at);
      case JournalEntry.TimerSet(var seq, var due) -> new RunEvent.TimerSet(seq, due);
      case JournalEntry.TimerFired(var seq, var due, var at) ->
          new RunEvent.TimerFired(seq, due, at);
      case JournalEntry.GateOpened(var seq, var question, var schema, var fallback, var expiry) ->
          new RunEvent.GateOpened(seq, question, schema, fallback, expiry);
      case JournalEntry.GateAnswered(var seq, var answer, var at) ->
          new RunEvent.GateAnswered(seq, answer.value(), answer.who(), answer.channel(), at);
      case JournalEntry.RunWaited(var from, var to) -> new RunEvent.Waited(from, to);
      case JournalEntry.OptionsChanged(var before, var now, var at) ->
          new RunEvent.OptionsChanged(before, now, at);
      case JournalEntry.RunPaused(var code, var message, var at) ->
          new RunEvent.Paused(code, message, at);
      case JournalEntry.ControlApplied(var request, var action, var seq, var who, var at) ->
          new RunEvent.ControlApplied(request, action, seq, who, at);
      case JournalEntry.RunEnded ended ->
          new RunEvent.Ended(
              ended.status(),
              ended.value(),
              ended.code(),
              ended.message(),
              ended.position(),
              ended.losses(),
              ended.usage(),
              ended.at());
      case JournalEntry.Scrubbed(var oldHead, var newHead) ->
          new RunEvent.Scrubbed(oldHead, newHead);
    };
  }
}
