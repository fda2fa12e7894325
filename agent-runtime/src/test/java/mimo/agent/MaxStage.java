package mimo.agent;

import static mimo.agent.testing.VotingModel.call;
import static mimo.agent.testing.VotingModel.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import mimo.agent.goal.GoalLedger;
import mimo.agent.maxmode.Choice;
import mimo.agent.maxmode.MaxMode;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Price;
import mimo.agent.provider.Provider;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.TokenUsage;
import mimo.agent.question.Asker;
import mimo.agent.rebuild.Rebuilding;
import mimo.agent.rebuild.Renewal;
import mimo.agent.session.ConversationSoFar;
import mimo.agent.session.SessionAttempt;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedStep;
import mimo.agent.testing.VotingModel;
import mimo.agent.testing.VotingModel.Speaking;
import mimo.agent.tool.ToolSpec.Effect;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;

/// An agent in Max Mode with a model that votes, and ears.
abstract class MaxStage {

  static final Price PRICE = new Price(1_000_000, 5_000_000, 100_000);
  static final TokenUsage ONE = new TokenUsage(100, 10, 0, 0);

  final List<AgentEvent> events = Collections.synchronizedList(new ArrayList<>());
  final List<String> deeds = Collections.synchronizedList(new ArrayList<>());
  final RecordedStep step = new RecordedStep();

  private Toolbox tools() {
    return Toolbox.of(
        List.of(
            LoopStage.tool("look", Effect.READS, (input, _) -> deed("look", input.path("at"))),
            LoopStage.tool(
                "change", Effect.CHANGES, (input, _) -> deed("change", input.path("at")))));
  }

  private String deed(String tool, Object at) {
    deeds.add(tool + " " + at);
    return "did it";
  }

  AgentOutcome run(VotingModel model, MaxMode max) throws InterruptedException {
    return run(model, max, step);
  }

  AgentOutcome run(Provider model, MaxMode max, RecordedStep in) throws InterruptedException {
    return run(model, max, in, "system", List.of("the task"));
  }

  /// Its prompt is all that was asked.
  AgentOutcome run(Provider model, MaxMode max, RecordedStep in, String system, List<String> asked)
      throws InterruptedException {
    var resolved = new Resolution.Resolved(model, "model", PRICE);
    var task =
        new AgentTask(
            resolved,
            system,
            List.of(),
            String.join("\n\n", asked),
            tools(),
            null,
            null,
            null,
            10,
            Authorities.everything(),
            AgentTask.ChangeAhead.IGNORED,
            EndTerms.NONE,
            new Renewal(
                Rebuilding.plain(),
                "",
                ConversationSoFar.NOTHING,
                () -> asked,
                () -> GoalLedger.NONE),
            max,
            Asker.nobody());
    var meter = new StepMeter(in, resolved, Overshoot.ONE_REQUEST);
    return new AgentLoop(task, SessionAttempt.unrecorded(), meter, events::add, () -> 0)
        .run(AgentLoop.Stops.by(CancellationToken.never()));
  }

  static VotingModel model(Speaking speaking, UnaryOperator<String> judging) {
    return new VotingModel(speaking, judging, PRICE);
  }

  /// Five who want to change something else each, and then five who say that it is done.
  static ModelReply changesOnce(int number, boolean answered) {
    return answered ? text("done", ONE) : call("c", "change", "{\"at\":\"" + number + "\"}", ONE);
  }

  static boolean answered(ModelRequest request) {
    return request.messages().getLast() instanceof Message.Tools;
  }

  List<Choice> choices() {
    return events.stream()
        .filter(AgentEvent.CandidatesEnd.class::isInstance)
        .map(event -> ((AgentEvent.CandidatesEnd) event).choice())
        .toList();
  }
}
