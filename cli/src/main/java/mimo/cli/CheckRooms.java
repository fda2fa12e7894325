package mimo.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import mimo.agent.command.CommandEnd;
import mimo.agent.command.CommandOrder;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.command.CommandOrder.Network;
import mimo.agent.command.OutputSink;
import mimo.agent.goal.CheckShells;
import mimo.engine.CancellationToken;

/// Gives the commands of checks walls of their own, like those of agents' commands, with a `/tmp`
/// that no agent has seen. Thread-safe.
///
/// @param shells how commands run in a folder
/// @param access what they may do to it; an agent that only looks has checks that only look
record CheckRooms(Function<Path, CommandShell> shells, Access access) implements CheckShells {

  @Override
  public Shell open(Path folder) throws InterruptedException {
    var shell = shells.apply(folder);
    var bash = shell.bash();
    if (bash.isEmpty()) {
      return new NoShell();
    }
    return new Room(shell.commands(), bash.get(), folder, access);
  }

  /// Without a shell nothing runs, so nothing passes.
  private record NoShell() implements Shell {
    @Override
    public CommandEnd run(
        String line, OutputSink sink, Duration time, CancellationToken cancellation) {
      return new CommandEnd.NotStarted("there is no bash here");
    }

    @Override
    public void close() {}
  }

  private record Room(CommandShell.Running running, Path bash, Path folder, Access access)
      implements Shell {
    @Override
    public CommandEnd run(
        String line, OutputSink sink, Duration time, CancellationToken cancellation)
        throws InterruptedException {
      var order =
          new CommandOrder(
              List.of(bash.toString(), "--noprofile", "--norc", "-c", line),
              folder,
              Network.NONE,
              access);
      var end = running.commands().run(order, sink, time, cancellation);
      var note = running.aftermath().putRight();
      return note.isEmpty() ? end : new CommandEnd.NotStarted(note);
    }

    @Override
    public void close() {
      running.ending().run();
    }
  }
}
