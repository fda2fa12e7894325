package mimo.engine.journal;

import java.util.regex.Pattern;
import mimo.engine.RunId;
import mimo.engine.SessionId;

/// Names one stream of the journal: what it is about, and which one, for example
/// `run/7f3a90b1c2d4`.
public record StreamId(String kind, String name) {

  /// The kind of the streams that hold runs.
  public static final String RUN = "run";

  /// The kind of the streams that hold the sessions of steps.
  public static final String SESSION = "session";

  /// The kind of the streams that hold sessions which belong to no run.
  public static final String CHAT = "chat";

  private static final Pattern KIND = Pattern.compile("[a-z]{1,20}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  public StreamId {
    if (!KIND.matcher(kind).matches()) {
      throw new IllegalArgumentException("stream kind '" + kind + "' must match " + KIND);
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("stream name '" + name + "' must match " + NAME);
    }
  }

  /// The stream of a run.
  public static StreamId run(RunId id) {
    return new StreamId(RUN, id.value());
  }

  /// The stream of a session that belongs to no run.
  public static StreamId chat(SessionId id) {
    return new StreamId(CHAT, id.value());
  }

  /// Whether such a stream has an owner of its own, and not that of another stream.
  public boolean isOwned() {
    return kind.equals(RUN) || kind.equals(CHAT);
  }

  /// The stream of what the body of one step wrote down. Its name begins with the run's id and a
  /// hyphen, so that a run's sessions can be found.
  ///
  /// @param generation which numbering of the run the step's number belongs to
  /// @param restarts how often somebody wanted the step to begin anew (D46)
  public static StreamId session(RunId run, int generation, int seq, int restarts) {
    var first = run.value() + "-" + generation + "-" + seq;
    return new StreamId(SESSION, restarts == 0 ? first : first + "-" + restarts);
  }

  @Override
  public String toString() {
    return kind + "/" + name;
  }
}
