package mimo.sandbox;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import mimo.sandbox.protocol.Frame;
import mimo.sandbox.protocol.FrameWriter;
import mimo.sandbox.worker.WorkerArguments;
import org.jspecify.annotations.Nullable;

/// A sandbox that is a child process of its own, killed with all its descendants when it takes more
/// than its limits. Confined to one thread, but for [#close].
public final class SandboxProcess implements Sandbox {

  private final SandboxLimits limits;
  private final Path folder;
  private final WorkerKeeper keeper;
  private final ReentrantLock closing = new ReentrantLock();
  private final WorkerRealm first;
  private @Nullable WorkerLink link;
  private int lastGuest = Frame.FIRST_GUEST;

  private SandboxProcess(SandboxLimits limits, Path folder, WorkerKeeper keeper) {
    this.limits = limits;
    this.folder = folder;
    this.keeper = keeper;
    this.first = new WorkerRealm(this, limits, Frame.FIRST_GUEST);
  }

  /// Starts a worker and returns at once; it warms up while the caller does other things.
  ///
  /// @throws SandboxException `sandbox_unavailable` if there is no folder for it
  public static SandboxProcess spawn(WorkerSettings settings) {
    Path folder;
    try {
      Files.createDirectories(settings.scratch());
      folder = Files.createTempDirectory(settings.scratch(), "worker-");
    } catch (IOException e) {
      throw new SandboxException(
          "sandbox_unavailable",
          "no working folder in " + settings.scratch() + ": " + e.getMessage());
    }
    var keeper = new WorkerKeeper(settings, new WorkerLauncher(settings, folder));
    keeper.start();
    return new SandboxProcess(settings.limits(), folder, keeper);
  }

  @Override
  public Compilation compile(ScriptSource source, ImportedFiles files, ErasedTexts texts)
      throws InterruptedException {
    return first.compile(source, files, texts);
  }

  /// The pipe to the worker; waits until that is up.
  WorkerLink link() throws InterruptedException {
    var known = link;
    if (known == null) {
      var started = keeper.started();
      var out = new BufferedOutputStream(started.process().input());
      var writer = new FrameWriter(out, WorkerArguments.caps(limits));
      known = new WorkerLink(keeper, writer);
      link = known;
    }
    return known;
  }

  @Override
  public Guest start(GuestLaunch launch) {
    return first.start(launch);
  }

  @Override
  public Sandbox nested() {
    first.requireStarted();
    lastGuest++;
    return new WorkerRealm(this, limits, lastGuest);
  }

  /// `process+os` or `process-only`; it is known once the worker is up, so this waits for it.
  ///
  /// @throws SandboxException if the worker did not come up
  @Override
  public String confinement() {
    return keeper.confinement();
  }

  /// What the worker wrote to its error stream, escaped and capped.
  public String workerLog() {
    return keeper.log();
  }

  @Override
  public void close() {
    closing.lock();
    try {
      keeper.stop();
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new SandboxException(
          "sandbox_unavailable", "the worker's folder " + folder + " remains: " + e.getMessage());
    } finally {
      closing.unlock();
    }
  }
}
