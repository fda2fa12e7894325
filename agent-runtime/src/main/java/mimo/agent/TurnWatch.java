package mimo.agent;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import mimo.agent.estimate.Intake;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.OwnWords;
import mimo.agent.session.SessionFact;

/// Looks on while an agent works (K1): it is told how far the conversation has come, on the thread
/// of the agent, and does not keep it waiting.
public interface TurnWatch {

  /// Nobody looks on.
  TurnWatch NOBODY =
      new TurnWatch() {
        @Override
        public void stepped(Sight sight) {}

        @Override
        public void ended(Sight sight, Ending how) {}

        @Override
        public void rearm() {}

        @Override
        public boolean await(Duration time) {
          return true;
        }
      };

  /// What there is to see.
  ///
  /// @param said everything that was said in the conversation, from its first message on
  /// @param own what of it the user asks for himself
  /// @param request what its model would be asked next
  /// @param last what the last reply used
  /// @param model who thinks
  /// @param means what may be done meanwhile
  record Sight(
      List<Message> said,
      List<OwnWords> own,
      ModelRequest request,
      TokenUsage last,
      Resolution.Resolved model,
      Means means) {
    public Sight {
      said = List.copyOf(said);
      own = List.copyOf(own);
    }

    /// Tokens of the conversation, as its provider counted them with the last reply.
    public long tokens() {
      return last.input() + last.output();
    }
  }

  /// What the agent may still spend, and others beside it. Thread-safe.
  interface Funds {

    /// Whether others than the agent may ask something, beside its own requests.
    boolean allowsMore();

    /// The most output tokens that the next reply may have, if limited; 0 if not even one is paid
    /// for.
    ///
    /// @param input what goes in with its request
    OptionalLong maxOutputTokens(Intake input);

    /// A request is sent, whatever comes of it.
    void sending();

    /// One reply was received.
    void charge(TokenUsage usage);
  }

  /// What somebody who looks on may use. Thread-safe but for the journal.
  ///
  /// @param funds pays for what is asked
  /// @param journal writes down what belongs to the session; for the agent's thread alone
  /// @param events hears what the user should know
  record Means(
      Funds funds, Consumer<SessionFact.CheckpointKept> journal, Consumer<AgentEvent> events) {}

  /// How a turn ended.
  enum Ending {
    ANSWERED,
    /// It has no answer: a guard or a limit ended it, or the provider.
    ENDED,
    /// Somebody stopped it.
    STOPPED
  }

  /// The model has replied, and its calls were answered.
  void stepped(Sight sight);

  /// The turn is over.
  void ended(Sight sight, Ending how);

  /// The model is told something in place of what was said: what counts once in a window counts
  /// again (K2).
  void rearm();

  /// Waits until what is in the making is done (K16).
  ///
  /// @return false if that took too long, or somebody interrupted it
  boolean await(Duration time);
}
