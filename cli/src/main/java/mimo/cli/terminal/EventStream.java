package mimo.cli.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.AgentEvent;
import mimo.engine.RecordedEvent;
import mimo.engine.RunId;

/// Writes each event as one line of JSON (D55). Thread-safe.
///
/// Events of the run carry `id` and `number` and are the same when read back later; what agents do
/// in between is marked `ephemeral` and has neither.
public final class EventStream implements Audience {

  private final Terminal terminal;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  public EventStream(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public void recorded(RecordedEvent recorded) {
    lock.lock();
    try {
      print(json -> {
        json.writeNumberField("v", OutcomeJson.VERSION);
        json.writeStringField("id", recorded.id());
        json.writeStringField("run", recorded.run().value());
        json.writeNumberField("generation", recorded.generation());
        json.writeNumberField("number", recorded.number());
        json.writeStringField("time", time(recorded.at()));
        RunEventJson.write(json, recorded.event());
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

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
