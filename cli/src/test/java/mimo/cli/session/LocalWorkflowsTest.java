package mimo.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mimo.agent.file.PathGuard;
import mimo.agent.question.Asker;
import mimo.agent.tool.Tool;
import mimo.agent.workflow.WorkflowLauncher.Answered;
import mimo.agent.workflow.WorkflowLauncher.Ended;
import mimo.agent.workflow.WorkflowLauncher.Launched;
import mimo.agent.workflow.WorkflowLauncher.Script;
import mimo.cli.script.Admission;
import mimo.cli.script.Scripts;
import mimo.cli.testing.Admissions;
import mimo.cli.testing.EchoModel;
import mimo.cli.testing.OneBuiltin;
import mimo.cli.testing.WholeStack;
import mimo.sandbox.SandboxLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Workflows that the agent of a session starts, over a real store and a real worker.
@Timeout(120)
final class LocalWorkflowsTest {

  private static final String TWO =
      """
      export const meta = { name: 'two', description: 'Adds.' }
      return { sum: args.a + 1, said: await agent('hello') }
      """;

  private static final String ASKS =
      """
      export const meta = { name: 'asks', description: 'Asks.' }
      return await ask('Which one?', { choices: ['red', 'blue'] })
      """;

  private final List<Asker.Question> asked = new ArrayList<>();

  @TempDir private Path home;
  private WholeStack stack;

  @BeforeEach
  void start() {
    stack = new WholeStack(home, new EchoModel(0), SandboxLimits.defaults());
  }

  @AfterEach
  void end() {
    stack.close();
  }

  private LocalWorkflows workflows(Asker asker, Admission admission) throws Exception {
    var scripts = new Scripts(stack.folder(), home.resolve("own"), new OneBuiltin(), admission);
    var guard = PathGuard.over(stack.folder());
    return new LocalWorkflows(stack::runs, scripts.in(stack.folder()), guard, "echo/model", asker);
  }

  private Asker says(String text) {
    return (question, _) -> {
      asked.add(question);
      return new Asker.Reply.Answered(text);
    };
  }

  private void file(String name, String text) throws Exception {
    var file = stack.folder().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static Ended ended(Launched launched) throws Exception {
    var working = assertInstanceOf(Launched.Working.class, launched, launched.toString());
    try (var run = working.run()) {
      return run.await();
    }
  }

  @Test
  void aScriptOfTheWorkspaceRunsAndALaterProcessFindsItsResult() throws Exception {
    file("flows/two.js", TWO);
    var workflows = workflows(Asker.nobody(), Admissions.WARY);

    var ended = ended(workflows.start(new Script.InFile("flows/two.js"), "{\"a\":4}"));

    assertEquals("completed", ended.status());
    assertTrue(ended.text().startsWith("{\"sum\":5,\"said\":"), ended.text());
    assertEquals(Optional.of(ended), workflows.ended(ended.run()));
    assertEquals(
        Tool.Result.ok("run " + ended.run() + "  two  completed  1 steps, 0 lost"),
        workflows.status(ended.run()));
  }

  @Test
  void aQuestionOfARunGoesToTheUserAndTheRunGoesOnA83() throws Exception {
    file("asks.js", ASKS);
    var workflows = workflows(says("2"), Admissions.WARY);

    var parked = ended(workflows.start(new Script.InFile("asks.js"), null));
    var answered = workflows.answer(parked.run(), null);
    var ended = ended(workflows.resume(parked.run()));

    assertEquals("parked", parked.status());
    assertTrue(parked.text().contains("asks at step 1: Which one?"), parked.text());
    assertEquals(new Answered.Taken(parked.run(), "The user answered step 1: \"blue\""), answered);
    assertEquals(List.of("red", "blue"), asked.getFirst().options());
    assertEquals(new Ended(parked.run(), "completed", true, "blue"), ended);
  }

  @Test
  void whereNobodyIsThereNobodyAnswersInTheUsersPlaceL87() throws Exception {
    file("asks.js", ASKS);
    var workflows = workflows(Asker.nobody(), Admissions.WARY);
    var parked = ended(workflows.start(new Script.InFile("asks.js"), null));

    var run = parked.run();
    assertEquals(
        new Answered.Refused(
            "nobody is there to answer; the user can: mimo runs answer " + run + " VALUE"),
        workflows.answer(run, null));
  }

  @Test
  void whatARepositoryBringsAlongRunsByItsTrustedNameAloneA57() throws Exception {
    file(".mimocode/workflows/own.js", TWO);
    var byPath = new Script.InFile(".mimocode/workflows/own.js");
    var wary = workflows(Asker.nobody(), Admissions.WARY);
    var trusting = workflows(Asker.nobody(), Admissions.TRUSTING);

    assertEquals(
        new Launched.Refused(
            "untrusted: .mimocode/workflows/own.js is the repository's own: run it by its name"),
        trusting.start(byPath, null));
    var refused =
        assertInstanceOf(Launched.Refused.class, wary.start(new Script.Named("own"), null));
    assertTrue(refused.why().startsWith("untrusted: "), refused.why());
    assertEquals("completed", ended(trusting.start(new Script.Named("own"), "{\"a\":1}")).status());
  }

  @Test
  void noScriptOutsideOfTheWorkspaceRunsA48() throws Exception {
    Files.writeString(home.resolve("outside.js"), TWO);
    var workflows = workflows(Asker.nobody(), Admissions.TRUSTING);

    var refused =
        assertInstanceOf(
            Launched.Refused.class, workflows.start(new Script.InFile("../outside.js"), null));
    assertTrue(refused.why().startsWith("path_escape: "), refused.why());
  }
}
