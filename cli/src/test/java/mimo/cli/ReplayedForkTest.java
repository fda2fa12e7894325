package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import mimo.cli.command.ForkOrder;
import mimo.cli.command.Resumption;
import mimo.cli.command.Resumption.Changes;
import mimo.cli.command.Resumption.Mode;
import mimo.cli.command.Runs;
import mimo.cli.command.Shelf.Tested;
import mimo.cli.terminal.Audience;
import mimo.cli.testing.EchoModel;
import mimo.cli.testing.WholeStack;
import mimo.engine.RunId;
import mimo.sandbox.SandboxLimits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Exported runs whose agents were asked something else, or with another model, than the script
/// alone would have it, replayed without a model (D58).
final class ReplayedForkTest {

  private static final Audience NOBODY = Audience.of(List.of());
  private static final Changes OTHER_MODEL = new Changes(null, null, null, "echo/other");

  private static final String SCRIPT =
      """
      export const meta = { name: 'three', description: 'asks three times' };
      const one = await agent('one');
      const two = await agent('two');
      return await agent(`${one} and ${two}`);
      """;

  private final EchoModel model = new EchoModel(0);
  private @TempDir Path home = Path.of("unset");

  private static RunId ended(Runs.Running running) throws InterruptedException {
    try (running) {
      return running.await().id();
    }
  }

  private static RunId ran(WholeStack stack) throws InterruptedException {
    return ended(stack.runs().start(stack.launch("three.js", SCRIPT, null), NOBODY));
  }

  private List<Tested> replayed(WholeStack stack, RunId run) throws InterruptedException {
    var file = home.resolve("copy.mimorun");
    stack.runs().shelf().export(run, file);
    model.forget();
    var tested = stack.runs().shelf().test(List.of(file));
    assertEquals(0, model.requests());
    return tested;
  }

  private static List<Tested> passed(List<Tested> tested) {
    return List.of(new Tested(tested.getFirst().file(), "three", 3, "", ""));
  }

  private RunId forked(WholeStack stack, Changes changes, @Nullable String prompt)
      throws InterruptedException {
    var order = new ForkOrder(2, changes, prompt, ForkOrder.Later.FORGOTTEN);
    return ended(stack.runs().fork(ran(stack), order, NOBODY));
  }

  @Test
  void aForkWhereOneAgentIsAskedSomethingElseIsReplayedD38D58() throws InterruptedException {
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var tested = replayed(stack, forked(stack, Changes.NONE, "better"));

      assertEquals(passed(tested), tested);
    }
  }

  @Test
  void aForkWithAnotherModelIsReplayedD38D58() throws InterruptedException {
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var tested = replayed(stack, forked(stack, OTHER_MODEL, null));

      assertEquals(passed(tested), tested);
    }
  }

  @Test
  void aRunThatWasContinuedWithAnotherModelIsReplayedD19D58() throws InterruptedException {
    try (var stack = new WholeStack(home, model, SandboxLimits.defaults())) {
      var run = ran(stack);
      var how = new Resumption(Mode.CONTINUE, OTHER_MODEL);
      ended(stack.runs().resume(run, how, NOBODY));

      var tested = replayed(stack, run);

      assertEquals(passed(tested), tested);
    }
  }
}
