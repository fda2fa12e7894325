package mimo.agent.goal;

import java.io.IOException;

/// A goal cannot be set as it is; the message says why.
public final class GoalRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  GoalRefusedException(String message) {
    super(message);
  }
}
