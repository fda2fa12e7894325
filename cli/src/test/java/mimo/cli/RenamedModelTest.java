package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.cli.command.ForkOrder;
import mimo.cli.command.ForkOrder.Later;
import mimo.cli.command.Launch;
import mimo.cli.command.Resumption;
import mimo.cli.command.Resumption.Changes;
import mimo.cli.command.Resumption.Mode;
import mimo.cli.error.CommandException;
import mimo.cli.terminal.Audience;
import mimo.cli.terminal.ReuseView;
import mimo.cli.testing.EchoModel;
import mimo.cli.testing.WholeStack;
import mimo.engine.RunId;
import mimo.engine.RunResult;
import mimo.sandbox.SandboxLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Names of models that are mapped otherwise while a run waits (D4).
final class RenamedModelTest {

  private static final Audience NOBODY = Audience.of(List.of());
  private static final Resumption CONTINUE = new Resumption(Mode.CONTINUE, Changes.NONE);

  private static final String ASKING =
      """
      export const meta = { name: 'named', description: 'asks a person between two agents' };
      const one = await agent('one', { model: 'fast' });
      await approve('go on?');
      return [one, await agent('two', { model: 'fast' }), await agent('three')];
      """;

  private @TempDir Path home;
  private final EchoModel model = new EchoModel(0);

  private RunId begun(WholeStack stack, String text) throws InterruptedException {
    stack.map(Map.of("fast", "echo/small", "slow", "echo/large"));
    try (var running = stack.runs().start(stack.launch("named.js", text, null), NOBODY)) {
      return running.await().id();
    }
  }

  private RunResult goOn(WholeStack stack, RunId id, Resumption how) throws InterruptedException {
    model.forget();
    try (var running = stack.runs().resume(id, how, NOBODY)) {
      return running.await();
    }
  }

  @Test
  void aResumedRunUsesWhatANameMeantWhenItBeganD4() throws InterruptedException {
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var id = begun(stack, ASKING);
      stack.map(Map.of("fast", "echo/another"));
      stack.runs().answer(id, stack.runs().gates(id).getFirst(), "true", "somebody");

      var ended = goOn(stack, id, Resumption.EXACT);

      assertInstanceOf(RunResult.Completed.class, ended);
      assertEquals(Map.of("two", 1, "three", 1), model.asked());
      assertEquals(Set.of("small", "model"), model.models());
      assertEquals(List.of(), stack.notices());
    }
  }

  @Test
  void aContinuedRunAsksAgainWhereANameMeansSomethingElseD36() throws InterruptedException {
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var id =
          begun(
              stack,
              """
              export const meta = { name: 'named', description: 'asks three models' };
              await agent('one', { model: 'fast' });
              await agent('two', { model: 'slow' });
              return await agent('three');
              """);
      stack.map(Map.of("fast", "echo/another", "slow", "echo/large"));

      goOn(stack, id, CONTINUE);

      assertEquals(Map.of("one", 1), model.asked());
      assertEquals(Set.of("another"), model.models());
      assertEquals(
          List.of(
              "continued as generation 1: 2 of 3 steps reused, 1 ran",
              "  reused    same: #2–3",
              "  ran       #1 one  model-changed"),
          ReuseView.lines(stack.runs().reuse(id).orElseThrow()));
      assertEquals(
          List.of(
              "the model name 'fast' means echo/another now, and meant echo/small before: agents"
                  + " that name it are asked again."),
          stack.notices());
    }
  }

  @Test
  void namesAreNotedForTheModelOfTheRunA18() throws InterruptedException {
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var id = begun(stack, ASKING);
      stack.runs().answer(id, stack.runs().gates(id).getFirst(), "true", "somebody");

      goOn(stack, id, new Resumption(Mode.CONTINUE, new Changes(null, null, null, "echo/other")));

      assertEquals(List.of("echo/model", "echo/other"), stack.noted());
    }
  }

  @Test
  void aContinuedRunLooksIntoScriptsItRunsWhereANameMeansSomethingElseD34() throws Exception {
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      Files.writeString(
          stack.folder().resolve("inner.js"),
          """
          export const meta = { name: 'inner', description: 'asks two models' };
          await agent('one', { model: 'fast' });
          return await agent('two', { model: 'slow' });
          """);
      var id =
          begun(
              stack,
              """
              export const meta = { name: 'named', description: 'runs another' };
              return await workflow({ scriptPath: './inner.js' });
              """);
      stack.map(Map.of("fast", "echo/small", "slow", "echo/another"));

      goOn(stack, id, CONTINUE);

      assertEquals(Map.of("two", 1), model.asked());
    }
  }

  @Test
  void aMistypedModelIsRefusedBeforeThereIsARun() throws InterruptedException {
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var launch = stack.launch("named.js", ASKING, null);
      var mistyped =
          new Launch(
              launch.script(),
              null,
              "fsat",
              null,
              Launch.Size.UNSAID,
              null,
              null,
              Launch.Models.ANY,
              "-");

      var started = refusal(() -> stack.runs().start(mistyped, NOBODY));
      var rehearsed = refusal(() -> stack.runs().dryRun(mistyped, null));

      assertEquals("there is no model 'fsat'.", started);
      assertEquals(started, rehearsed);
      assertEquals(List.of(), stack.runs().list());
    }
  }

  @Test
  void aMistypedModelIsRefusedWhereARunGoesOn() throws InterruptedException {
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var id = begun(stack, ASKING);
      var other = new Changes(null, null, null, "fsat");

      var continued =
          refusal(() -> stack.runs().resume(id, new Resumption(Mode.CONTINUE, other), NOBODY));
      var forked =
          refusal(() -> stack.runs().fork(id, new ForkOrder(1, other, null, Later.REUSED), NOBODY));

      assertEquals("there is no model 'fsat'.", continued);
      assertEquals(continued, forked);
      assertEquals(1, stack.runs().list().size());
    }
  }

  private static String refusal(Executable attempt) {
    var failure = assertThrows(CommandException.class, attempt).failure();
    assertEquals("model_unknown", failure.code());
    return failure.message();
  }

  @Test
  void continuingTwiceAsksNothingTwiceForANameThatStays() throws InterruptedException {
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var id = begun(stack, ASKING.replace("await approve('go on?');", ""));
      stack.map(Map.of("fast", "echo/another"));
      goOn(stack, id, CONTINUE);

      goOn(stack, id, CONTINUE);

      assertEquals(0, model.requests());
    }
  }
}
