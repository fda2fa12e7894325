package mimo.agent.session;

import java.time.Duration;
import java.util.List;
import mimo.agent.AgentEvent;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// One thing that happened in the session of an agent. What the step was asked for is not repeated
/// here.
public sealed interface SessionFact {

  /// The agent begins: what it is, whatever configuration says later.
  ///
  /// @param model `provider/id`
  /// @param effort how hard it was asked to think; null leaves that to the model
  /// @param system what it is told first; null for what every agent of the workspace is told
  /// @param tools the names of what it may use
  record Began(String model, @Nullable String effort, @Nullable String system, List<String> tools)
      implements SessionFact {
    public Began {
      tools = List.copyOf(tools);
    }
  }

  /// The model replied. The ids of its calls are those of the conversation.
  record TurnReceived(List<Content> content, Finish finish, TokenUsage usage)
      implements SessionFact {
    public TurnReceived {
      content = List.copyOf(content);
    }
  }

  /// A call needed a permission, and this came of it. It stands before the call acts.
  ///
  /// @param reason the deciding rule, and what was said beside an answer
  record PermissionDecided(String call, AgentEvent.Outcome outcome, String reason)
      implements SessionFact {}

  /// A tool is about to act. If nothing else is known of the call, nobody knows what it did (D27).
  record ToolStarted(String call) implements SessionFact {}

  /// A call has its answer.
  record ToolEnded(Message.ToolAnswer answer, Duration took) implements SessionFact {}

  /// The program spoke in the user's place: to have a cut reply continued, or a wrong one mended.
  record Prompted(String text) implements SessionFact {}

  /// The agent begins anew, from nothing but its task (L77).
  record AttemptStarted(String reason) implements SessionFact {}

  /// The agent's work is over.
  ///
  /// @param code why it has no answer; null if it has one
  /// @param message the same for people; null if it has one
  record Ended(@Nullable String code, @Nullable String message) implements SessionFact {}
}
