package mimo.agent.session;

import java.time.Duration;
import java.util.List;
import mimo.agent.AgentEvent;
import mimo.agent.maxmode.Choice;
import mimo.agent.message.Content;
import mimo.agent.message.Enclosed;
import mimo.agent.message.Message;
import mimo.agent.message.Reminder;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import org.jspecify.annotations.Nullable;

/// One thing that happened in the session of an agent. What a step was asked for is not repeated
/// here; what a user asks in a conversation is.
public sealed interface SessionFact {

  /// The agent begins: what it is, whatever configuration says later.
  ///
  /// @param model `provider/id`
  /// @param effort how hard it was asked to think; null leaves that to the model
  /// @param system what it is told first; null for what every agent of the workspace is told
  /// @param tools the names of what it may use
  /// @param worktree where it works; null if that is the workspace itself
  /// @param memory what it was told of the memory; null if nothing
  record Began(
      String model,
      @Nullable String effort,
      @Nullable String system,
      List<String> tools,
      @Nullable WorktreeName worktree,
      @Nullable String memory)
      implements SessionFact {
    public Began {
      tools = List.copyOf(tools);
    }

    /// It was told nothing of the memory.
    public Began(
        String model,
        @Nullable String effort,
        @Nullable String system,
        List<String> tools,
        @Nullable WorktreeName worktree) {
      this(model, effort, system, tools, worktree, null);
    }

    /// It works in the workspace itself.
    public Began(
        String model, @Nullable String effort, @Nullable String system, List<String> tools) {
      this(model, effort, system, tools, null);
    }
  }

  /// By what a worktree is found again.
  ///
  /// @param start the commit it began as
  record WorktreeName(String name, String start) {}

  /// From here on a conversation is had as this agent, with this model.
  ///
  /// @param agent its name
  /// @param model `provider/id`
  /// @param price what the model costs; null if nobody knows
  /// @param system what it is told first
  /// @param tools the names of what it may use
  /// @param usual who has the conversation after this turn; null for the same
  record Chosen(
      String agent,
      String model,
      @Nullable Price price,
      String system,
      List<String> tools,
      @Nullable Usual usual)
      implements SessionFact {
    public Chosen {
      tools = List.copyOf(tools);
    }

    /// Whoever has the conversation when nobody else is wanted for a turn.
    public Usual lasting() {
      return usual == null ? new Usual(agent, model) : usual;
    }
  }

  /// Who has a conversation.
  ///
  /// @param model `provider/id`
  record Usual(String agent, String model) {}

  /// The user asks something, and a turn of the conversation begins.
  ///
  /// @param attached texts the user gives along
  record Asked(String prompt, List<Attached> attached) implements SessionFact {
    private static final String ATTACHED = "\n\n<attached name=\"";

    public Asked {
      attached = List.copyOf(attached);
    }

    public Asked(String prompt) {
      this(prompt, List.of());
    }

    /// All of it in the words in which the model is told.
    public String words() {
      var words = new StringBuilder(prompt);
      for (var each : attached) {
        words.append(ATTACHED).append(Enclosed.attribute(each.name()));
        var text = Reminder.in(Enclosed.in("attached", each.text()));
        words.append("\">\n").append(text).append("\n</attached>");
      }
      return words.toString();
    }

    /// Such words, as what was asked and, if there is any, what was given along.
    public static List<String> parts(String words) {
      int at = words.indexOf(ATTACHED);
      return at < 0 ? List.of(words) : List.of(words.substring(0, at), words.substring(at).strip());
    }
  }

  /// A text given along with a prompt.
  ///
  /// @param name of the file it is from
  record Attached(String name, String text) {}

  /// A turn of a conversation is over.
  ///
  /// @param value the answer as JSON text, where it had to have a shape; null if there is none, or
  ///   it is what the model said last
  /// @param code why there is no answer; null if there is one
  /// @param message the same for people; null if there is one
  record TurnEnded(
      TurnStatus status, @Nullable String value, @Nullable String code, @Nullable String message)
      implements SessionFact {}

  /// How a turn of a conversation ended.
  enum TurnStatus {
    ANSWERED,
    FAILED,
    /// The user, or a signal, stopped it.
    INTERRUPTED
  }

  /// The model replied. The ids of its calls are those of the conversation.
  ///
  /// @param choice how it was chosen among candidates; null if it was asked for alone
  record TurnReceived(
      List<Content> content, Finish finish, TokenUsage usage, @Nullable Choice choice)
      implements SessionFact {
    public TurnReceived {
      content = List.copyOf(content);
    }

    /// A reply that was asked for alone.
    public TurnReceived(List<Content> content, Finish finish, TokenUsage usage) {
      this(content, finish, usage, null);
    }

    /// All that was paid for it.
    public TokenUsage paid() {
      return choice == null ? usage : usage.plus(choice.overheadSum());
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

  /// What became of keeping the state of the workspace's files (A63): before the first call of a
  /// turn that may change them, and when the turn was over. A turn that was stopped and went on has
  /// several of both.
  ///
  /// @param tree names the state; null if it could not be kept
  record FilesKept(Moment moment, @Nullable String tree) implements SessionFact {}

  /// When a state was kept.
  enum Moment {
    BEFORE,
    AFTER
  }

  /// The user took turns back: this one and all after it do not count any more (A64).
  ///
  /// @param turn counted from 1, as everything was asked
  /// @param left the state the files were in until then
  record TurnsUndone(int turn, String left) implements SessionFact {}

  /// A turn that was taken back counts again.
  ///
  /// @param turn counted from 1, as everything was asked
  record TurnRedone(int turn) implements SessionFact {}

  /// The program spoke in the user's place: to have a cut reply continued, or a wrong one mended.
  record Prompted(String text) implements SessionFact {}

  /// Something came in by itself, and the model is told of it with its next request (A51).
  ///
  /// @param from what tells it from all else that comes in: it is told once
  record Arrived(String from, String text) implements SessionFact {}

  /// Something happened about the goal the agent works towards.
  sealed interface OfGoal extends SessionFact permits GoalFact {}

  /// A checkpoint of the session is in its file (SV2). What it says stands there alone.
  ///
  /// @param number which one it is, counted from 1
  /// @param writer `model`, or `extractive` if none wrote it
  /// @param message the last one it covers, counted from 0; -1 if none
  /// @param covered the hash of all messages up to that one
  /// @param file the hash of the file
  /// @param tokens of a request when it was asked for; 0 if nobody counted
  record CheckpointKept(
      int number, String writer, int message, String covered, String file, long tokens)
      implements SessionFact {}

  /// Candidates of a step were paid, and it has no reply (X5): somebody stopped it, or it failed.
  record CandidatesLost(Choice choice) implements SessionFact {}

  /// From here on the model is told this in place of what was said before (K17). Nothing of that is
  /// gone: it only is not sent any more.
  ///
  /// @param text what it is told
  /// @param kept what of the last messages is still told
  /// @param before tokens of a request until here, as far as anybody could tell
  /// @param after tokens of a request from here on
  record Rebuilt(Cause cause, String text, Kept kept, long before, long after)
      implements SessionFact {}

  /// What is still told of the messages before.
  ///
  /// @param messages how many of the last ones
  /// @param unseen characters of what no model has read yet: of each answer, or of what was asked
  /// @param others characters of each other text, and of the arguments of a call
  record Kept(int messages, int unseen, int others) {

    /// Everything.
    public static final int WHOLE = Integer.MAX_VALUE;
  }

  /// Why the model is told something else.
  enum Cause {
    /// Its window was nearly full.
    LIMIT,
    /// Its provider would not take so much.
    OVERFLOW,
    /// The user wanted it.
    ASKED
  }

  /// The agent begins anew, from nothing but its task (L77).
  record AttemptStarted(String reason) implements SessionFact {}

  /// The agent's work is over.
  ///
  /// @param code why it has no answer; null if it has one
  /// @param message the same for people; null if it has one
  record Ended(@Nullable String code, @Nullable String message) implements SessionFact {}
}
