package mimo.sandbox;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import mimo.sandbox.protocol.Frame;
import mimo.sandbox.protocol.FrameWriter;
import mimo.sandbox.worker.WorkerArguments;
import org.jspecify.annotations.Nullable;

/// A sandbox that is a child process of its own, killed with all its descendants when it takes more
/// than its limits. Confined to one thread, but for [#close].
public final class SandboxProcess implements Sandbox {

  private enum Stage {
    EMPTY,
    COMPILED,
    STARTED
  }

  private final SandboxLimits limits;
  private final Path folder;
  private final WorkerKeeper keeper;
  private final ReentrantLock closing = new ReentrantLock();
  private @Nullable WorkerLink link;
  private Stage stage = Stage.EMPTY;

  private SandboxProcess(SandboxLimits limits, Path folder, WorkerKeeper keeper) {
    this.limits = limits;
    this.folder = folder;
    this.keeper = keeper;
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
    if (stage != Stage.EMPTY) {
      throw new IllegalStateException("a sandbox compiles one script");
    }
    var values = limits.values();
    var compiler =
        new ErasingCompiler(new WorkerCompiler(), this::erasure, texts, values.sourceBytes());
    var assembly = new Assembly(compiler, files, values.importedFiles());
    var compilation = assembly.assemble(source);
    stage = compilation instanceof Compilation.Compiled ? Stage.COMPILED : Stage.EMPTY;
    return compilation;
  }

  private final class WorkerCompiler implements Assembly.Compiler {

    @Override
    public Compilation script(ScriptSource source) throws InterruptedException {
      return file(source, new Frame.Compile(source));
    }

    @Override
    public Compilation module(ScriptSource source) throws InterruptedException {
      return file(source, new Frame.Module(source));
    }

    private Compilation file(ScriptSource source, Frame.ToWorker frame)
        throws InterruptedException {
      var oversized = ScriptSize.fault(source, limits.values().sourceBytes());
      return oversized == null ? judged(frame) : new Compilation.Rejected(List.of(oversized));
    }

    @Override
    public Compilation link(List<Frame.Link> order) throws InterruptedException {
      for (var module : order.subList(0, order.size() - 1)) {
        SandboxProcess.this.link().send(module);
      }
      return judged(order.getLast());
    }
  }

  private Compilation judged(Frame.ToWorker question) throws InterruptedException {
    if (answer(question) instanceof Frame.Judged(var compilation)) {
      return compilation;
    }
    throw link().broken("the worker does not answer with a compilation");
  }

  private Erasure erasure(ScriptSource source) throws InterruptedException {
    return switch (answer(new Frame.Erase(source))) {
      case Frame.Erased(var text) -> new Erasure.Erased(text);
      case Frame.Judged(Compilation.Rejected(var faults)) -> new Erasure.Refused(faults);
      case Frame.FromWorker _ -> throw link().broken("the worker does not answer with a text");
    };
  }

  /// The one frame with which the worker answers before it is idle.
  private Frame.FromWorker answer(Frame.ToWorker question) throws InterruptedException {
    var worker = link();
    worker.deliver(question);
    var answer = worker.next();
    if (!(worker.next() instanceof Frame.Idle)) {
      throw worker.broken("the worker goes on after its answer");
    }
    return answer;
  }

  private WorkerLink link() throws InterruptedException {
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
    var worker = link;
    if (stage != Stage.COMPILED || worker == null) {
      throw new IllegalStateException(
          stage == Stage.STARTED ? "the script was started already" : "no script was compiled");
    }
    stage = Stage.STARTED;
    var guest = new WorkerGuest(worker, limits);
    guest.launch(launch);
    return guest;
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
