package mimo.agent;

import java.time.Duration;
import java.util.Locale;
import mimo.agent.maxmode.Choice;
import mimo.agent.message.Message;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.GoalFact;
import mimo.agent.session.SessionFact.Rebuilt;
import org.jspecify.annotations.Nullable;

/// Something an agent does, while it does it (A9). Each start has exactly one end, also after a
/// failure or a cancel (A10); deltas in between are ephemeral.
public sealed interface AgentEvent {

  /// An agent begins to work, on the model `provider/id`.
  record AgentStart(String model) implements AgentEvent {}

  record AgentEnd(Status status, TokenUsage usage) implements AgentEvent {}

  /// One request to the model and the tool calls that follow it; `number` counts from 1.
  record StepStart(int number) implements AgentEvent {}

  record StepEnd(int number, Status status, TokenUsage usage) implements AgentEvent {}

  /// Several replies are asked for at once, of which one is going to count.
  ///
  /// @param wanted how many there should be
  /// @param count how many there are
  record CandidatesStart(int wanted, int count) implements AgentEvent {}

  /// Something is heard of one of them, or of who judges them; what it is, is not told.
  ///
  /// @param candidate its number, from 0
  record CandidateHeard(int candidate) implements AgentEvent {

    /// The number of who judges them.
    public static final int JUDGE = -1;
  }

  /// @param choice which one counts; null if none does, and then there is no reply
  record CandidatesEnd(Status status, @Nullable Choice choice) implements AgentEvent {}

  record TextStart() implements AgentEvent {}

  record TextDelta(String text) implements AgentEvent {}

  record TextEnd(String text, Status status) implements AgentEvent {}

  record ReasoningStart() implements AgentEvent {}

  record ReasoningDelta(String text) implements AgentEvent {}

  record ReasoningEnd(String text, Status status) implements AgentEvent {}

  record ToolStart(String call, String tool, String arguments) implements AgentEvent {}

  record ToolEnd(String call, String tool, Message.ToolAnswer answer, Status status, Duration took)
      implements AgentEvent {}

  /// Somebody is asked whether a call may run, or rules deny it.
  ///
  /// @param reason what decided so
  record PermissionStart(String call, String tool, String reason) implements AgentEvent {}

  /// @param reason the deciding rule, and what was said beside an answer
  record PermissionEnd(String call, Outcome outcome, String reason) implements AgentEvent {}

  record RetryStart(String reason, Duration delay) implements AgentEvent {}

  record RetryEnd(String reason, Duration waited) implements AgentEvent {}

  /// Something the user should know, for example a model name that is not mapped.
  record Notice(String code, String text) implements AgentEvent {

    /// Something came in by itself, and the model is told of it (A51).
    public static Notice arrived(String from) {
      return new Notice("arrived", "the agent is told what came of " + from);
    }

    /// From here on the model is told something in place of what was said before (K17).
    public static Notice rebuilt(Rebuilt rebuilt) {
      var why =
          switch (rebuilt.cause()) {
            case LIMIT -> "the conversation has nearly filled what the model takes";
            case OVERFLOW -> "the conversation is longer than the model takes";
            case ASKED -> "as asked";
          };
      return new Notice(
          "rebuilt",
          String.format(
              Locale.ROOT,
              "%s: it goes on from what is known of it, %,d tokens instead of %,d",
              why,
              rebuilt.after(),
              rebuilt.before()));
    }

    /// No judge could tell last time; what follows is another verdict (G6).
    public static Notice judgedAnew() {
      return new Notice(
          "judged_anew", "no judge could tell last time: checks and judge are asked anew");
    }

    /// A hook has something to say, or did not do what it should.
    public static Notice hook(String text) {
      return new Notice("hook", text);
    }
  }

  /// The agent wants to stop, and has a goal: checks run, and a judge may be asked (G2).
  record GoalStart() implements AgentEvent {}

  /// @param ruled what came of it; null if the agent was stopped meanwhile
  record GoalEnd(Status status, GoalFact.@Nullable Ruled ruled) implements AgentEvent {}

  /// What a question for a permission came to.
  enum Outcome {
    ALLOWED_ONCE,
    ALLOWED_ALWAYS,
    /// By a rule; nobody was asked.
    DENIED,
    REJECTED,
    /// Nobody was there to answer.
    UNATTENDED,
    /// The agent was stopped before there was an answer.
    ABORTED;

    public boolean allows() {
      return this == ALLOWED_ONCE || this == ALLOWED_ALWAYS;
    }
  }

  /// How something ended.
  enum Status {
    OK,
    ERROR,
    ABORTED,
    DENIED,
    SKIPPED;

    /// How a call ended that has this answer.
    public static Status of(Message.ToolAnswer answer) {
      return switch (answer.status()) {
        case OK -> OK;
        case ERROR -> ERROR;
        case DENIED -> DENIED;
        case SKIPPED -> SKIPPED;
      };
    }
  }
}
