package mimo.cli.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.AgentEvent;
import mimo.engine.RunEvent;
import mimo.engine.RunId;

/// Writes each event as one line of JSON (D55). Thread-safe.
///
/// Events of the run carry `id` and `number` and are the same when read back later; what agents do
/// in between is marked `ephemeral` and has neither.
public final class EventStream implements Audience {

  private final Terminal terminal;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  /// A durable event that bears no time of its own happened at the time of the one before it.
  private Instant durable = Instant.EPOCH;

  public EventStream(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public void recorded(RunId run, long number, RunEvent event) {
    lock.lock();
    try {
      durable = timeOf(event);
      print(json -> {
        json.writeNumberField("v", OutcomeJson.VERSION);
        json.writeStringField("id", run + ":" + number);
        json.writeStringField("run", run.value());
        json.writeNumberField("number", number);
        json.writeStringField("time", time(durable));
        RunEventJson.write(json, event);
      });
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stepStarted(RunId run, int seq) {
    ephemeral(run, seq, json -> json.writeStringField("type", "step_started"));
  }

  @Override
  public void heard(RunId run, int seq, AgentEvent event) {
    ephemeral(run, seq, json -> AgentEventJson.write(json, event));
  }

  private void ephemeral(RunId run, int seq, JsonText.Writing members) {
    lock.lock();
    try {
      print(json -> {
        json.writeNumberField("v", OutcomeJson.VERSION);
        json.writeBooleanField("ephemeral", true);
        json.writeStringField("run", run.value());
        json.writeNumberField("seq", seq);
        json.writeStringField("time", time(clock.instant()));
        members.to(json);
      });
    } finally {
      lock.unlock();
    }
  }

  private void print(JsonText.Writing members) {
    terminal.print(JsonText.of(json -> writeObject(json, members)) + "\n");
  }

  private static void writeObject(JsonGenerator json, JsonText.Writing members) throws IOException {
    json.writeStartObject();
    members.to(json);
    json.writeEndObject();
  }

  private Instant timeOf(RunEvent event) {
    return switch (event) {
      case RunEvent.Started started -> started.at();
      case RunEvent.Resumed resumed -> resumed.at();
      case RunEvent.OptionsChanged changed -> changed.at();
      case RunEvent.Parked parked -> parked.at();
      case RunEvent.Paused paused -> paused.at();
      case RunEvent.Ended ended -> ended.at();
      case RunEvent.Delivered delivered -> delivered.clock();
      case RunEvent.TimerFired timer -> timer.at();
      case RunEvent.GateAnswered answer -> answer.at();
      case RunEvent.Waited waited -> waited.to();
      case RunEvent.TimerSet timer -> durable;
      case RunEvent.GateOpened gate -> durable;
      case RunEvent.StepScheduled step -> durable;
      case RunEvent.StepCompleted step -> durable;
      case RunEvent.StepFailed step -> durable;
      case RunEvent.StepSpent step -> durable;
      case RunEvent.LogWritten log -> durable;
      case RunEvent.PhaseEntered phase -> durable;
      case RunEvent.BudgetOpened opened -> durable;
      case RunEvent.ControlApplied applied -> durable;
      case RunEvent.Scrubbed scrubbed -> durable;
    };
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
