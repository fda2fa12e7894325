package mimo.engine;

import java.time.Instant;
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
      case JournalEntry.StepScheduled asked -> scheduled(asked.seq(), asked.request());
      case JournalEntry.StepCompleted end ->
          new RunEvent.StepCompleted(
              end.seq(), end.value(), end.usage(), end.report(), end.reused());
      case JournalEntry.StepFailed end ->
          new RunEvent.StepFailed(end.seq(), end.code(), end.message(), end.usage(), end.report());
      case JournalEntry.StepSpent more -> new RunEvent.StepSpent(more.seq(), more.usage());
      case JournalEntry.Delivered done ->
          new RunEvent.Delivered(done.seqs(), done.clock(), done.spent());
      case JournalEntry.LogWritten(var text) -> new RunEvent.LogWritten(text);
      case JournalEntry.PhaseEntered(var title) -> new RunEvent.PhaseEntered(title);
      case JournalEntry.BudgetOpened part ->
          new RunEvent.BudgetOpened(part.number(), part.parent(), part.name(), part.limit());
      case JournalEntry.RunResumed resumed ->
          new RunEvent.Resumed(resumed.at(), resumed.setAside());
      case JournalEntry.RunParked(var reason, var code, var message, var until, var at) ->
          new RunEvent.Parked(reason, code, message, until, at);
      case JournalEntry.TimerSet timer -> new RunEvent.TimerSet(timer.seq(), timer.due());
      case JournalEntry.TimerFired timer ->
          new RunEvent.TimerFired(timer.seq(), timer.due(), timer.at());
      case JournalEntry.GateOpened gate ->
          new RunEvent.GateOpened(
              gate.seq(), gate.question(), gate.schema(), gate.fallback(), gate.expiry());
      case JournalEntry.GateAnswered gate -> answered(gate.seq(), gate.answer(), gate.at());
      case JournalEntry.RunWaited(var from, var to) -> new RunEvent.Waited(from, to);
      case JournalEntry.OptionsChanged(var before, var now, var at) ->
          new RunEvent.OptionsChanged(before, now, at);
      case JournalEntry.RunPaused(var code, var message, var at) ->
          new RunEvent.Paused(code, message, at);
      case JournalEntry.ControlApplied done ->
          new RunEvent.ControlApplied(
              done.request(), done.action(), done.seq(), done.who(), done.at());
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

  private static RunEvent scheduled(int seq, ActivityRequest request) {
    return new RunEvent.StepScheduled(
        seq, request.kind(), request.label(), request.phase(), request.path(), request.position());
  }

  private static RunEvent answered(int seq, GateAnswer answer, Instant at) {
    return new RunEvent.GateAnswered(seq, answer.value(), answer.who(), answer.channel(), at);
  }
}
