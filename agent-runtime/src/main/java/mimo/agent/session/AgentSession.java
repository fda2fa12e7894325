package mimo.agent.session;

import java.util.ArrayList;
import java.util.List;
import mimo.agent.session.SessionFact.AttemptStarted;
import mimo.agent.session.SessionFact.Began;
import mimo.agent.session.SessionFact.Ended;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.Session;
import org.jspecify.annotations.Nullable;

/// The session of one agent: what is already known of its work, and where what comes next is
/// written. Confined to the thread that performs the step; its attempts are not.
public final class AgentSession {

  private final SessionPen pen;
  private final List<SessionFact> recorded;
  private final List<SessionFact> earlier = new ArrayList<>();
  private @Nullable Began began;
  private @Nullable Ended ended;
  private int attempts = 1;
  private volatile SessionAttempt current;

  /// What became of taking a session up.
  public sealed interface Opening {

    record Open(AgentSession session) implements Opening {}

    /// The agent's work had ended without an answer, and only the step's end was not stored.
    ///
    /// @param model `provider/id`
    record Over(String model, String code, String message, List<SessionFact> facts)
        implements Opening {
      public Over {
        facts = List.copyOf(facts);
      }
    }

    /// What was written down cannot be read (D28).
    record Lost(String reason) implements Opening {}
  }

  private AgentSession(Session journal, List<SessionFact> facts) {
    this.pen = new SessionPen(journal, !facts.isEmpty());
    this.recorded = List.copyOf(facts);
    var attempt = new ArrayList<SessionFact>();
    for (var fact : facts) {
      attempt.add(fact);
      switch (fact) {
        case Began first -> began = first;
        case Ended last -> ended = last;
        case AttemptStarted _ -> {
          attempts++;
          earlier.addAll(attempt);
          attempt.clear();
        }
        case SessionFact _ -> {}
      }
    }
    this.current = new SessionAttempt(pen, attempt);
  }

  /// Reads what an earlier process wrote down, if any did.
  public static Opening open(Session journal) throws InterruptedException {
    try {
      var facts = journal.recorded().stream().map(FactCodec::read).toList();
      return opened(new AgentSession(journal, facts), facts);
    } catch (IllegalArgumentException unknown) {
      return new Opening.Lost("this mimo cannot read what was said: " + unknown.getMessage());
    } catch (StoreFailure failure) {
      if (failure.code().equals("store_corrupt")) {
        return new Opening.Lost("what was said is damaged: " + failure.getMessage());
      }
      throw failure;
    }
  }

  private static Opening opened(AgentSession session, List<SessionFact> facts) {
    var began = session.began;
    var end = session.ended;
    return began != null && end != null && end.code() != null && end.message() != null
        ? new Opening.Over(began.model(), end.code(), end.message(), facts)
        : new Opening.Open(session);
  }

  /// What the agent was when it began; null if it has not.
  public @Nullable Began began() {
    return began;
  }

  /// Everything earlier processes wrote down.
  public List<SessionFact> recorded() {
    return recorded;
  }

  /// How many attempts were begun, the current one included.
  public int attempts() {
    return attempts;
  }

  /// What happened in the attempts before the current one.
  public List<SessionFact> earlier() {
    return List.copyOf(earlier);
  }

  /// The attempt that is going on, or about to begin.
  public SessionAttempt current() {
    return current;
  }

  /// The agent is about to work as this. It is written down with the first reply: an agent that
  /// never got one has nothing to go on with.
  public void begin(Began now) {
    if (began == null) {
      began = now;
      pen.begin(now);
    }
  }

  /// The current attempt is over, and the next one begins.
  public void again(String reason) {
    current.close();
    pen.write(new AttemptStarted(reason));
    attempts++;
    current = new SessionAttempt(pen, List.of());
  }

  /// The agent's work is over; nothing more is written. Where nothing was, this is not either.
  ///
  /// @param code why it has no answer; null if it has one
  /// @param message the same for people; null if it has one
  public void end(@Nullable String code, @Nullable String message) {
    current.close();
    if (ended == null && pen.used()) {
      ended = new Ended(code, message);
      pen.write(ended);
    }
  }
}
