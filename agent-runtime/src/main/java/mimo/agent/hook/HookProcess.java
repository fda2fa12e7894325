package mimo.agent.hook;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import mimo.agent.AgentLimits;
import mimo.agent.command.CommandEnd;
import mimo.agent.command.CommandOrder;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.command.CommandOrder.Network;
import mimo.agent.command.Commands;
import mimo.agent.command.HeadAndTail;
import mimo.agent.command.Pipes;
import mimo.engine.CancellationToken;

/// Runs hooks as processes, with the same limits as commands of agents and without their walls
/// (A88, A89). Thread-safe.
///
/// @param commands starts and ends them; no walls
/// @param root the workspace, in which they run
/// @param programs finds a program by its name, where no agent can have put it
public record HookProcess(Commands commands, Path root, Function<String, Optional<Path>> programs) {

  /// What came of one.
  sealed interface Ended {

    /// It has said what it had to say.
    ///
    /// @param cut whether it said more than it may
    record Said(int code, String output, boolean cut, String errors) implements Ended {}

    /// It has not.
    record Broken(String why) implements Ended {}
  }

  Ended run(Hook hook, String input, CancellationToken cancellation) throws InterruptedException {
    var program = program(hook.argv().getFirst());
    if (program.isEmpty()) {
      return new Ended.Broken("there is no program '" + hook.argv().getFirst() + "'");
    }
    var argv = new ArrayList<>(hook.argv());
    argv.set(0, program.get().toString());
    var output = new FirstBytes(AgentLimits.HOOK_OUTPUT_BYTES);
    var errors = new HeadAndTail();
    var end =
        commands.run(
            new CommandOrder(argv, root, Network.OPEN, Access.WRITABLE),
            new Pipes(input, output, errors),
            hook.time(),
            cancellation);
    return switch (end) {
      case CommandEnd.Exited(var code) ->
          new Ended.Said(code, output.text(), output.isCut(), errors.text());
      case CommandEnd.TimedOut(var after) ->
          new Ended.Broken("was stopped after " + after.toSeconds() + " s, its time limit");
      case CommandEnd.Stopped() -> new Ended.Broken("was stopped");
      case CommandEnd.NotStarted(var why) -> new Ended.Broken("could not be started: " + why);
    };
  }

  /// What has a `/` in it is a path from the workspace; the rest is looked up.
  private Optional<Path> program(String name) {
    return name.indexOf('/') < 0
        ? programs.apply(name)
        : Optional.of(root.resolve(name).normalize());
  }
}
