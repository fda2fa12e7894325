package mimo.agent.session;

import java.util.List;
import mimo.agent.message.Message;
import mimo.agent.session.SessionFact.Rebuilt;

/// Where in a conversation the model is told something in place of what was said before (K17).
///
/// @param at how many messages had been said by then
/// @param asked characters of the last of them if nobody had answered it: what is asked later, and
///   is told in the same message, stands behind them
public record Boundary(int at, int asked, Rebuilt rebuilt) {

  /// Behind everything that was said.
  public static Boundary behind(List<Message> said, Rebuilt rebuilt) {
    int asked =
        !said.isEmpty() && said.getLast() instanceof Message.User(var text) ? text.length() : 0;
    return new Boundary(said.size(), asked, rebuilt);
  }
}
