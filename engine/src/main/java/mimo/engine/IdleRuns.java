package mimo.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mimo.engine.EngineException.LeaseRefused;
import mimo.engine.journal.AwaitedAppend;
import mimo.engine.journal.ControlBox.Posted;
import mimo.engine.journal.ControlCodec;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.ControlApplied;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import mimo.engine.reuse.RunLineage;

/// Does what is asked of runs that nobody works on, by owning each for a moment (D45). Thread-safe.
///
/// What a run must be at work for, such as to hear an answer, waits for its next owner.
final class IdleRuns {

  private final EnginePorts ports;
  private final RunHistory history;

  IdleRuns(EnginePorts ports, RunHistory history) {
    this.ports = ports;
    this.history = history;
  }

  /// Does what is asked of a run, unless somebody works on it: then it is his to do.
  void serve(RunId id) {
    var stream = StreamId.run(id);
    if (ports.journal().owned(stream) || ports.journal().posted(stream).isEmpty()) {
      return;
    }
    try (var lease = ports.journal().acquire(stream)) {
      for (var posted : ports.journal().posted(stream)) {
        serve(id, lease, posted);
      }
    } catch (LeaseRefused e) {
      // Somebody has just taken it up, and hears of it.
      return;
    }
  }

  private void serve(RunId id, Lease lease, Posted posted) {
    var entries = history.entries(id);
    var redactor = ports.redaction().forRun(history.started(id).placeholderKey());
    var codec = new ControlCodec(redactor);
    decide(entries, history.lineage(id), ControlCodec.decode(posted))
        .ifPresent(decision -> {
          if (decision instanceof Decision.Write(var written)) {
            append(lease, new JournalCodec(redactor, ports.clock()), written);
          }
          ports.journal().answer(lease, posted.id(), codec.encode(decision.outcome()));
        });
  }

  /// What is to be done about a request.
  private sealed interface Decision {

    ControlOutcome outcome();

    /// Nothing: it was done before, or cannot be done.
    record Say(ControlOutcome outcome) implements Decision {}

    /// These entries do it.
    record Write(List<JournalEntry> entries) implements Decision {
      @Override
      public ControlOutcome outcome() {
        return new ControlOutcome.Applied();
      }
    }
  }

  /// @return empty if it must wait for an owner
  private Optional<Decision> decide(List<JournalEntry> entries, RunLineage lineage, Asked asked) {
    var applied = new Decision.Say(new ControlOutcome.Applied());
    if (wasApplied(entries, asked)) {
      return Optional.of(applied);
    }
    var last = RunHistory.lastFact(entries);
    if (last instanceof JournalEntry.RunEnded end) {
      return Optional.of(refuse(Refusals.runEnded(asked.run(), end)));
    }
    var now = ports.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    var idle = new IdleRun(entries, lineage);
    return switch (asked.request()) {
      case ControlRequest.Answer answer ->
          Optional.of(
              refusal(entries, asked, answer, now)
                  .<Decision>map(IdleRuns::refuse)
                  .orElseGet(() -> written(asked, idle.andIsDue(answered(answer, now), now))));
      case ControlRequest.Pause() when last instanceof JournalEntry.RunPaused ->
          Optional.of(applied);
      case ControlRequest.Pause() -> {
        var why = StopReason.Paused.by(asked);
        yield write(asked, new JournalEntry.RunPaused(why.code(), why.message(), now));
      }
      case ControlRequest.Cancel() -> write(asked, idle.cancelled(asked, now));
      case ControlRequest.StopAgent stop ->
          Optional.of(
              idle.refusalToStop(asked.run(), stop)
                  .<Decision>map(Decision.Say::new)
                  .orElseGet(
                      () -> written(asked, idle.andIsDue(idle.stopped(asked, stop.seq()), now))));
      case ControlRequest.RetryAgent retry ->
          Optional.of(
              idle.refusalToRestart(asked.run(), retry)
                  .<Decision>map(Decision.Say::new)
                  .orElseGet(() -> written(asked, idle.andStays())));
    };
  }

  private static JournalEntry answered(ControlRequest.Answer answer, Instant now) {
    var given = new GateAnswer(answer.value(), answer.who(), answer.channel());
    return new JournalEntry.GateAnswered(answer.seq(), given, now);
  }

  /// Why an answer does not count; empty if it is the first, in time, and fits.
  private Optional<ControlOutcome.Refused> refusal(
      List<JournalEntry> entries, Asked asked, ControlRequest.Answer answer, Instant now) {
    for (var gate : AskedGates.of(entries)) {
      if (gate.seq() == answer.seq() && gate.generation() == answer.generation()) {
        return refusal(gate, asked, answer, now);
      }
    }
    return Optional.of(Refusals.asksNobody(asked.run(), answer.seq()));
  }

  private Optional<ControlOutcome.Refused> refusal(
      AskedGate gate, Asked asked, ControlRequest.Answer answer, Instant now) {
    var first = gate.answer();
    if (first != null) {
      return Optional.of(Refusals.answered(gate.seq(), first));
    }
    if (!gate.open()) {
      return Optional.of(Refusals.asksNobody(asked.run(), gate.seq()));
    }
    var expiry = gate.expiry();
    if (expiry != null && !expiry.isAfter(now)) {
      return Optional.of(Refusals.expired(gate.seq(), expiry));
    }
    return ports
        .waiting()
        .answers()
        .misfit(gate.schema(), answer.value())
        .map(why -> Refusals.misfit(gate.seq(), why));
  }

  private static boolean wasApplied(List<JournalEntry> entries, Asked asked) {
    return entries.stream()
        .anyMatch(entry ->
            entry instanceof JournalEntry.ApplyingEntry applying
                && applying.request() == asked.id());
  }

  private static Decision refuse(ControlOutcome.Refused why) {
    return new Decision.Say(why);
  }

  private static Optional<Decision> write(Asked asked, JournalEntry effect) {
    return Optional.of(written(asked, List.of(effect)));
  }

  private static Decision written(Asked asked, List<JournalEntry> effects) {
    var all = new ArrayList<JournalEntry>();
    all.add(ControlApplied.of(asked));
    all.addAll(effects);
    return new Decision.Write(all);
  }

  private void append(Lease lease, JournalCodec codec, List<JournalEntry> entries) {
    var append = new AwaitedAppend();
    ports
        .journal()
        .append(
            lease, entries.stream().map(entry -> codec.encode(entry).record()).toList(), append);
    append.await();
  }
}
