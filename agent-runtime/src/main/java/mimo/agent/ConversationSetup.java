package mimo.agent;

import java.util.OptionalLong;
import java.util.function.Consumer;
import mimo.agent.maxmode.MaxMode;
import mimo.agent.output.AnswerSchema;
import mimo.agent.permission.Authority;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.Thinking;
import mimo.agent.question.Asker;
import mimo.agent.session.SessionFact.Usual;
import mimo.agent.snapshot.Snapshots;
import mimo.agent.tool.Toolbox;
import org.jspecify.annotations.Nullable;

/// As whom a conversation is had, and within which bounds.
///
/// @param agent the name of the agent
/// @param model who thinks
/// @param system what it is told first; a conversation that goes on with the same agent, model and
///   tools keeps the words it began with
/// @param tools what it may use
/// @param authority what it may do with them
/// @param answer the shape of the answers; null for text
/// @param thinking how hard it thinks; null leaves that to the model
/// @param maxTurns requests to the model in one turn of the conversation
/// @param budget the most this process may spend on it
/// @param snapshots keep the files round each turn; null where turns cannot be undone
/// @param usual who has the conversation after this turn; null for the same
/// @param max how many candidates each step has; null for one
/// @param asker is asked whether an agent goes on that goes in circles
/// @param overshoot how far it may pass what may be spent
public record ConversationSetup(
    String agent,
    Resolution.Resolved model,
    String system,
    Toolbox tools,
    Authority authority,
    @Nullable AnswerSchema answer,
    @Nullable Thinking thinking,
    int maxTurns,
    ConversationBudget budget,
    @Nullable Snapshots snapshots,
    @Nullable Usual usual,
    @Nullable MaxMode max,
    Asker asker,
    Overshoot overshoot) {

  public ConversationSetup {
    if (budget.microUsd().isPresent() && model.price() == null) {
      throw new IllegalArgumentException(
          "money limits a conversation with " + model.reference() + ", which has no price");
    }
  }

  /// A conversation whose steps have one candidate each.
  public ConversationSetup(
      String agent,
      Resolution.Resolved model,
      String system,
      Toolbox tools,
      Authority authority,
      @Nullable AnswerSchema answer,
      @Nullable Thinking thinking,
      int maxTurns,
      OptionalLong microUsd,
      @Nullable Snapshots snapshots,
      @Nullable Usual usual) {
    this(
        agent,
        model,
        system,
        tools,
        authority,
        answer,
        thinking,
        maxTurns,
        ConversationBudget.of(microUsd),
        snapshots,
        usual,
        null,
        Asker.nobody(),
        Overshoot.ONE_REQUEST);
  }

  /// A conversation in text with every default.
  public ConversationSetup(
      String agent, Resolution.Resolved model, String system, Toolbox tools, Authority authority) {
    this(
        agent,
        model,
        system,
        tools,
        authority,
        null,
        null,
        AgentLimits.TURNS,
        OptionalLong.empty(),
        null,
        null);
  }

  public ConversationSetup withAnswer(@Nullable AnswerSchema other) {
    return but(copy -> copy.answer = other);
  }

  public ConversationSetup withMaxTurns(int other) {
    return but(copy -> copy.maxTurns = other);
  }

  public ConversationSetup withBudget(ConversationBudget other) {
    return but(copy -> copy.budget = other);
  }

  public ConversationSetup withSnapshots(@Nullable Snapshots others) {
    return but(copy -> copy.snapshots = others);
  }

  public ConversationSetup withUsual(@Nullable Usual other) {
    return but(copy -> copy.usual = other);
  }

  public ConversationSetup withMax(@Nullable MaxMode other) {
    return but(copy -> copy.max = other);
  }

  public ConversationSetup withAsker(Asker other) {
    return but(copy -> copy.asker = other);
  }

  public ConversationSetup withOvershoot(Overshoot other) {
    return but(copy -> copy.overshoot = other);
  }

  private ConversationSetup but(Consumer<Copy> change) {
    var copy = new Copy(this);
    change.accept(copy);
    return copy.setup();
  }

  /// A setup of which one part is about to change.
  private static final class Copy {
    private final ConversationSetup from;
    private @Nullable AnswerSchema answer;
    private int maxTurns;
    private ConversationBudget budget;
    private @Nullable Snapshots snapshots;
    private @Nullable Usual usual;
    private @Nullable MaxMode max;
    private Asker asker;
    private Overshoot overshoot;

    Copy(ConversationSetup from) {
      this.from = from;
      answer = from.answer;
      maxTurns = from.maxTurns;
      budget = from.budget;
      snapshots = from.snapshots;
      usual = from.usual;
      max = from.max;
      asker = from.asker;
      overshoot = from.overshoot;
    }

    ConversationSetup setup() {
      return new ConversationSetup(
          from.agent,
          from.model,
          from.system,
          from.tools,
          from.authority,
          answer,
          from.thinking,
          maxTurns,
          budget,
          snapshots,
          usual,
          max,
          asker,
          overshoot);
    }
  }
}
