package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mimo.agent.AgentEvent.Outcome;
import mimo.agent.definition.AgentDefinition;
import mimo.agent.message.Content.ToolCall;
import mimo.agent.message.Message;
import mimo.agent.message.Message.Status;
import mimo.agent.permission.Approver;
import mimo.agent.permission.Approver.Answer;
import mimo.agent.permission.Authority;
import mimo.agent.permission.Decision;
import mimo.agent.permission.PermissionRules;
import mimo.agent.permission.Question;
import mimo.agent.permission.Rule;
import mimo.agent.permission.SessionGrants;
import mimo.agent.permission.Shelter;
import mimo.agent.permission.WorkspacePermissions;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.Price;
import mimo.agent.session.SessionAttempt;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedStep;
import mimo.agent.tool.Need;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import mimo.engine.StepKind;
import org.junit.jupiter.api.Test;

/// A1, A5, A6, A9, A56: permissions in the loop.
class ConsentTest extends LoopStage {

  private static final Path WORKSPACE = Path.of("/nowhere");

  private final List<Question> questions = new ArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final SessionGrants grants = new SessionGrants();
  private final Denials denials = new Denials();

  private Authority authority(Approver approver) {
    var rules =
        PermissionRules.builtIn()
            .and(List.of(new Rule("bash", "rm *", Decision.DENY, Rule.Layer.USER, "my.jsonc:3")));
    var place = new WorkspacePermissions.Place(WORKSPACE, WORKSPACE, () -> Shelter.WAIVED);
    return new Authority(new WorkspacePermissions(rules, place, grants), approver, grants, place);
  }

  private Answer answer(Question question, CancellationToken cancellation) {
    questions.add(question);
    order.add("asked " + question.call().needs());
    return answers.remove();
  }

  private Tool shell() {
    var spec =
        new ToolSpec(
            "bash",
            "Runs it.",
            "{\"type\":\"object\",\"properties\":{\"command\":{\"type\":\"string\"}}}",
            ToolSpec.Effect.CHANGES);
    return new Tool() {
      @Override
      public ToolSpec spec() {
        return spec;
      }

      @Override
      public List<Need> needs(ObjectNode input) {
        return List.of(new Need.Command(input.path("command").asText(), false));
      }

      @Override
      public Optional<String> preview(ObjectNode input) {
        return Optional.of("would run " + input.path("command").asText());
      }

      @Override
      public Result run(ObjectNode input, CancellationToken cancellation) {
        order.add("ran " + input.path("command").asText());
        return Result.ok("did " + input.path("command").asText());
      }
    };
  }

  private static ToolCall bash(String id, String command) {
    return new ToolCall(id, "bash", "{\"command\":\"" + command + "\"}");
  }

  private List<Message.ToolAnswer> answersTo(Approver approver, ToolCall... calls)
      throws InterruptedException {
    model.replies(Finish.TOOL_CALLS, calls).says("done");
    var tools = Toolbox.of(List.of(shell(), lookTool()));
    var task =
        new AgentTask(model.resolved(), "system", "the task", tools, null, 10, authority(approver));
    new AgentLoop(
            task,
            SessionAttempt.unrecorded(),
            new Unlimited(),
            event -> {
              events.add(event);
              denials.accept(event);
            },
            () -> 0)
        .run(AgentLoop.Stops.by(CancellationToken.never()));
    assertEveryStartHasOneEnd();
    return toolAnswers(1);
  }

  private List<Outcome> outcomes() {
    return events.stream()
        .filter(AgentEvent.PermissionEnd.class::isInstance)
        .map(event -> ((AgentEvent.PermissionEnd) event).outcome())
        .toList();
  }

  @Test
  void asksBeforeItRunsAndRemembersAlways() throws InterruptedException {
    answers.add(new Answer.Always());
    answers.add(new Answer.Once());

    var told = answersTo(this::answer, bash("1", "ls"), bash("2", "ls"), bash("3", "pwd"));

    assertEquals(List.of("did ls", "did ls", "did pwd"), texts(told));
    assertEquals(
        List.of(
            "asked [Command[command=ls, network=false, folder=]]",
            "ran ls",
            "ran ls",
            "asked [Command[command=pwd, network=false, folder=]]",
            "ran pwd"),
        order);
    assertEquals(Optional.of("would run ls"), questions.getFirst().preview());
    assertEquals(List.of(Outcome.ALLOWED_ALWAYS, Outcome.ALLOWED_ONCE), outcomes());
    assertEquals(1, grants.rules().size());
  }

  @Test
  void aRejectionSkipsLaterChangesOfTheMessage() throws InterruptedException { // A6
    answers.add(new Answer.Rejected("use pwd"));

    var told =
        answersTo(this::answer, bash("1", "ls"), new ToolCall("2", "look", "{}"), bash("3", "pwd"));

    assertEquals(
        List.of(Status.DENIED, Status.OK, Status.SKIPPED),
        told.stream().map(Message.ToolAnswer::status).toList());
    assertEquals(
        "not run: rejected by bash = ask (built in); the user says: use pwd",
        told.getFirst().text());
    assertEquals(List.of(Outcome.REJECTED), outcomes());
    assertEquals(1, questions.size());
    assertFalse(denials.inAnyRound());
  }

  @Test
  void withNobodyThereWhatIsAskedIsDeniedAndTheRestGoesOn() throws InterruptedException { // A56
    var told =
        answersTo(
            Approver.nobody(), bash("1", "ls"), bash("2", "pwd"), new ToolCall("3", "look", "{}"));

    assertEquals(
        List.of(Status.DENIED, Status.DENIED, Status.OK),
        told.stream().map(Message.ToolAnswer::status).toList());
    assertEquals(List.of(Outcome.UNATTENDED, Outcome.UNATTENDED), outcomes());
    assertTrue(denials.inAnyRound());
    assertFalse(denials.inLastRound() && order.contains("ran ls"));
  }

  @Test
  void aRuleThatDeniesAsksNobodyAndIsNamed() throws InterruptedException { // A9
    var told = answersTo(this::answer, bash("1", "rm -rf x"));

    var rule = "bash \"rm *\" = deny (user, my.jsonc:3)";
    assertEquals(List.of("not run: denied by " + rule), texts(told));
    assertEquals(List.of(), questions);
    assertEquals(List.of(), order);
    assertTrue(events.contains(new AgentEvent.PermissionStart("1", "bash", rule)));
    assertTrue(events.contains(new AgentEvent.PermissionEnd("1", Outcome.DENIED, rule)));
    var end =
        events.stream()
            .filter(AgentEvent.ToolEnd.class::isInstance)
            .map(AgentEvent.ToolEnd.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(AgentEvent.Status.DENIED, end.status());
    assertFalse(denials.inAnyRound());
  }

  @Test
  void whatCannotBeRememberedIsAllowedOnce() throws InterruptedException {
    answers.add(new Answer.Always());

    assertEquals(List.of("did echo $X"), texts(answersTo(this::answer, bash("1", "echo $X"))));

    assertEquals(List.of(Outcome.ALLOWED_ONCE), outcomes());
    assertEquals(List.of(), grants.rules());
  }

  @Test
  void anAnswerIsWrittenDownBeforeTheCallActsAndNotAskedForAgain() throws Exception { // A13
    answers.add(new Answer.Once());
    model.replies(Finish.TOOL_CALLS, bash("1", "ls")).says("done").says("done");
    var whole = new RecordedStep();
    perform(whole);
    assertEquals(
        List.of(
            "session_began",
            "turn_received",
            "permission_decided",
            "tool_started",
            "tool_result",
            "turn_received",
            "session_ended"),
        whole.session().types());

    var cut = new RecordedStep();
    cut.session().holding(whole.session().recorded().subList(0, 3));
    perform(cut);

    assertEquals(1, questions.size());
    assertEquals(
        List.of("asked [Command[command=ls, network=false, folder=]]", "ran ls", "ran ls"), order);
    assertEquals(List.of(Outcome.ALLOWED_ONCE, Outcome.ALLOWED_ONCE), outcomes());
  }

  private void perform(RecordedStep step) throws Exception {
    new AgentActivity(
            AgentSettings.in(WORKSPACE).withAuthority(authority(this::answer)),
            _ -> model.resolved(Price.FREE),
            ToolSource.of(Toolbox.of(List.of(shell()))),
            (_, _, event) -> events.add(event),
            () -> 0)
        .perform(RecordedStep.request(StepKind.AGENT, "{\"prompt\":\"p\"}"), step);
  }

  @Test
  void planAndExploreChangeNothingWhateverIsAllowed() throws Exception { // A40
    model.replies(Finish.TOOL_CALLS, bash("1", "ls")).says("done");

    new AgentActivity(
            AgentSettings.in(WORKSPACE)
                .withAuthority(Authorities.everything())
                .withAgents(Map.of("plan", plan())),
            _ -> model.resolved(Price.FREE),
            ToolSource.of(Toolbox.of(List.of(shell()))),
            (_, _, event) -> events.add(event),
            () -> 0)
        .perform(
            RecordedStep.request(StepKind.AGENT, "{\"prompt\":\"p\",\"agentType\":\"plan\"}"),
            new RecordedStep());

    assertEquals(List.of(Outcome.DENIED), outcomes());
    assertEquals(List.of(), order);
  }

  private static AgentDefinition plan() {
    return AgentDefinition.parse("plan", "---\ndescription: My own.\n---\nDo it.");
  }
}
