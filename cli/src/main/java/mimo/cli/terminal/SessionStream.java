package mimo.cli.terminal;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mimo.agent.AgentEvent;

/// A turn as one line of JSON for each event, in the envelope of A10: `seq` counts without a gap,
/// and deltas, which are ephemeral, have none. Thread-safe.
public final class SessionStream implements Consumer<AgentEvent> {

  private final Terminal terminal;
  private final InstantSource clock;
  private final String session;
  private final TurnResult.Speaker speaker;
  private final ReentrantLock lock = new ReentrantLock();
  private long seq;

  public SessionStream(
      Terminal terminal, InstantSource clock, String session, TurnResult.Speaker speaker) {
    this.terminal = terminal;
    this.clock = clock;
    this.session = session;
    this.speaker = speaker;
  }

  @Override
  public void accept(AgentEvent event) {
    lock.lock();
    try {
      terminal.print(line(event) + "\n");
    } finally {
      lock.unlock();
    }
  }

  private String line(AgentEvent event) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeNumberField("v", OutcomeJson.VERSION);
      if (!isDelta(event)) {
        json.writeNumberField("seq", ++seq);
      }
      json.writeStringField("session", session);
      json.writeStringField("agent", speaker.agent());
      json.writeNullField("parent");
      json.writeStringField("ts", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
      if (speaker.offline()) {
        json.writeBooleanField("offline", true);
      }
      AgentEventJson.write(json, event);
      json.writeEndObject();
    });
  }

  private static boolean isDelta(AgentEvent event) {
    return event instanceof AgentEvent.TextDelta
        || event instanceof AgentEvent.ReasoningDelta
        || event instanceof AgentEvent.CandidateHeard;
  }
}
