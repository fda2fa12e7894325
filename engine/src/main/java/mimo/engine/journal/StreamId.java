package mimo.engine.journal;

import java.util.regex.Pattern;
import mimo.engine.RunId;

/// Names one stream of the journal: what it is about, and which one, for example
/// `run/7f3a90b1c2d4`.
public record StreamId(String kind, String name) {

  /// The kind of the streams that hold runs.
  public static final String RUN = "run";

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

  @Override
  public String toString() {
    return kind + "/" + name;
  }
}
