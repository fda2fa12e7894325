package mimo.cli;

import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.command.BashTool;
import mimo.agent.command.CommandOrder.Access;
import mimo.agent.command.Jobs;
import mimo.agent.command.SpilledOutput;
import mimo.agent.permission.Authority;
import mimo.agent.permission.Shelter;
import mimo.agent.tool.SpillFiles;
import org.jspecify.annotations.Nullable;

/// The commands of one agent, from its first one on. Thread-safe.
final class ShellSession implements BashTool.Opening, AutoCloseable {

  private final CommandShell shell;
  private final Authority authority;
  private final SpillFiles spills;
  private final ReentrantLock lock = new ReentrantLock();
  private BashTool.@Nullable Session session;
  private Runnable ending = () -> {};

  ShellSession(CommandShell shell, Authority authority, SpillFiles spills) {
    this.shell = shell;
    this.authority = authority;
    this.spills = spills;
  }

  @Override
  public BashTool.Session session() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var known = session;
      if (known != null) {
        return known;
      }
      // The trial is over with this, so what is known of the shelter below is no interrupt's doing.
      var running = shell.commands();
      var opened =
          new BashTool.Session(
              running.commands(),
              new Jobs(running.commands()),
              access(),
              () -> new SpilledOutput(spills),
              running.aftermath());
      ending = running.ending();
      session = opened;
      return opened;
    } finally {
      lock.unlock();
    }
  }

  private Access access() {
    return authority.place().shelter() == Shelter.READ_ONLY_SANDBOX
        ? Access.READ_ONLY
        : Access.WRITABLE;
  }

  /// Ends what still runs.
  @Override
  public void close() {
    lock.lock();
    try {
      ending.run();
      ending = () -> {};
    } finally {
      lock.unlock();
    }
  }
}
