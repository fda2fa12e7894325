package mimo.agent;

import java.time.Duration;
import mimo.agent.message.Message;
import mimo.agent.provider.TokenUsage;

/// Something an agent does, while it does it (A9). Each start has exactly one end, also after a
/// failure or a cancel (A10); deltas in between are ephemeral.
public sealed interface AgentEvent {

  /// An agent begins to work, on the model `provider/id`.
  record AgentStart(String model) implements AgentEvent {}

  record AgentEnd(Status status, TokenUsage usage) implements AgentEvent {}

  /// One request to the model and the tool calls that follow it; `number` counts from 1.
  record StepStart(int number) implements AgentEvent {}

  record StepEnd(int number, Status status, TokenUsage usage) implements AgentEvent {}

  record TextStart() implements AgentEvent {}

  record TextDelta(String text) implements AgentEvent {}

  record TextEnd(String text, Status status) implements AgentEvent {}

  record ReasoningStart() implements AgentEvent {}

  record ReasoningDelta(String text) implements AgentEvent {}

  record ReasoningEnd(String text, Status status) implements AgentEvent {}

  record ToolStart(String call, String tool, String arguments) implements AgentEvent {}

  record ToolEnd(String call, String tool, Message.ToolAnswer answer, Status status, Duration took)
      implements AgentEvent {}

  record RetryStart(String reason, Duration delay) implements AgentEvent {}

  record RetryEnd(String reason, Duration waited) implements AgentEvent {}

  /// Something the user should know, for example a model name that is not mapped.
  record Notice(String code, String text) implements AgentEvent {}

  /// How something ended.
  enum Status {
    OK,
    ERROR,
    ABORTED,
    DENIED,
    SKIPPED
  }
}
