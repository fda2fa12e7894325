package mimo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import mimo.agent.command.BashTool;
import mimo.agent.command.Bubblewrap;
import mimo.agent.command.ChosenConfinement;
import mimo.agent.command.Commands;
import mimo.agent.command.Confinement;
import mimo.agent.command.MountPoints;
import mimo.agent.command.ScratchFolders;
import mimo.agent.command.TrustedPrograms;
import mimo.agent.permission.ProtectedPaths;
import mimo.agent.permission.Shelter;
import mimo.agent.provider.catalog.ProviderListing;

/// How commands of agents run in one workspace. Thread-safe.
final class CommandShell {

  private final CommandWalls walls;
  private final Supplier<List<ProviderListing>> providers;
  private final Grounds grounds;
  private final FutureTask<ChosenConfinement> trial;
  private final StagingWatch aftermath;
  private final AtomicBoolean tried = new AtomicBoolean();

  /// What all workspaces of this process share.
  ///
  /// @param slots how many commands may be waited for at once
  record Grounds(MountPoints points, ScratchFolders scratch, Semaphore slots) {}

  CommandShell(
      CommandWalls walls,
      Supplier<List<ProviderListing>> providers,
      Grounds grounds,
      StagingWatch aftermath) {
    this.walls = walls;
    this.providers = providers;
    this.grounds = grounds;
    this.aftermath = aftermath;
    this.trial = new FutureTask<>(this::tried);
  }

  private ChosenConfinement tried() throws InterruptedException {
    var guarded = new ArrayList<>(ProtectedPaths.atRoot());
    guarded.addAll(aftermath.guarded());
    return walls.chosen(guarded, grounds.points(), grounds.scratch());
  }

  /// The shell, if there is one that agents could not have put there.
  Optional<Path> bash() {
    return walls.programs().find("bash");
  }

  /// The programs that are known by their names.
  TrustedPrograms programs() {
    return walls.programs();
  }

  /// What runs the commands of one agent.
  Running commands() throws InterruptedException {
    return commands(Map.of());
  }

  /// The same with variables besides the usual few.
  Running commands(Map<String, String> more) throws InterruptedException {
    var confinement = chosen().confinement();
    var own =
        confinement instanceof Bubblewrap walled
            ? walled.forSession(grounds.scratch().fresh())
            : confinement;
    var commands = new Commands(own, walls.variables(providers.get(), more), grounds.slots());
    var apart =
        own instanceof Bubblewrap ? new Apart.InWalls() : new Apart.Here(grounds.scratch().fresh());
    return new Running(commands, aftermath, apart, () -> close(commands, own, apart));
  }

  /// What runs commands.
  ///
  /// @param apart where there is nothing of anybody's
  /// @param ending ends what still runs, and removes what it left in its `/tmp`
  record Running(Commands commands, BashTool.Aftermath aftermath, Apart apart, Runnable ending) {}

  /// Where a program finds nothing that somebody has put there for it.
  sealed interface Apart {

    /// A new folder in the `/tmp` that walls give to one session.
    record InWalls() implements Apart {}

    /// A folder that is not made yet, and is removed at the end.
    record Here(Path folder) implements Apart {}
  }

  private void close(Commands commands, Confinement own, Apart apart) {
    commands.close();
    aftermath.last();
    try {
      if (own instanceof Bubblewrap walled) {
        walled.close();
      }
      if (apart instanceof Apart.Here(var folder)) {
        ScratchFolders.remove(folder);
      }
    } catch (IOException left) {
      // The next process sweeps it away.
      return;
    }
  }

  /// What keeps commands within bounds.
  Shelter shelter() {
    try {
      return switch (chosen().standing()) {
        case CONFINED -> Shelter.SANDBOX;
        case SWITCHED_OFF -> Shelter.WAIVED;
        case UNAVAILABLE -> Shelter.NONE;
      };
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Shelter.NONE;
    }
  }

  /// What is there, and whether it works: tried once, for the first command. On a thread of its
  /// own, so that whoever waits can be interrupted and the next one still gets an answer.
  private ChosenConfinement chosen() throws InterruptedException {
    if (!tried.getAndSet(true)) {
      Thread.ofVirtual().name("trial of the sandbox").start(trial);
    }
    try {
      return trial.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the trial of the sandbox failed", failed.getCause());
    }
  }
}
