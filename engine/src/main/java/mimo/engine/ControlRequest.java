package mimo.engine;

/// What somebody asks of a run, from any process (D45). It is durable before anyone acts on it.
///
/// Steps are named by the run's generation and their number in it: a step's number alone may mean
/// another one after the run was continued.
public sealed interface ControlRequest {

  /// The word of commands, journals and messages.
  String word();

  /// Start nothing more, and stop so that the run can be resumed exactly (D47).
  record Pause() implements ControlRequest {
    public static final String WORD = "pause";

    @Override
    public String word() {
      return WORD;
    }
  }

  /// Stop for good (D49).
  record Cancel() implements ControlRequest {
    public static final String WORD = "cancel";

    @Override
    public String word() {
      return WORD;
    }
  }

  /// End one step without a value (D46).
  record StopAgent(int generation, int seq) implements ControlRequest, OfStep {
    public static final String WORD = "stop-agent";

    @Override
    public String word() {
      return WORD;
    }
  }

  /// Let one step begin anew that the script has not seen the end of (D46).
  record RetryAgent(int generation, int seq) implements ControlRequest, OfStep {
    public static final String WORD = "retry-agent";

    @Override
    public String word() {
      return WORD;
    }
  }

  /// What somebody says to a step that waits for it (D53).
  ///
  /// @param value JSON text
  /// @param who says it, as far as is known
  /// @param channel how it came, for example `cli`
  record Answer(int generation, int seq, String value, String who, String channel)
      implements ControlRequest, OfStep {
    public static final String WORD = "answer";

    @Override
    public String word() {
      return WORD;
    }
  }

  /// A request about one step.
  sealed interface OfStep {
    int generation();

    int seq();
  }
}
