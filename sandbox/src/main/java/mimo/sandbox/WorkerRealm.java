package mimo.sandbox;

import java.util.List;
import mimo.sandbox.protocol.Frame;
import org.jspecify.annotations.Nullable;

/// One script's place in a worker. Confined to one thread.
final class WorkerRealm implements Sandbox {

  private enum Stage {
    EMPTY,
    COMPILED,
    STARTED,
    LEFT
  }

  private final SandboxProcess worker;
  private final SandboxLimits limits;
  private final int number;
  private @Nullable WorkerLink link;
  private Stage stage = Stage.EMPTY;

  /// @param number what the worker knows the realm's guest by; it opens at the first frame
  WorkerRealm(SandboxProcess worker, SandboxLimits limits, int number) {
    this.worker = worker;
    this.limits = limits;
    this.number = number;
  }

  @Override
  public Compilation compile(ScriptSource source, ImportedFiles files) throws InterruptedException {
    if (stage != Stage.EMPTY) {
      throw new IllegalStateException("a sandbox compiles one script");
    }
    link = worker.link();
    var assembly = new Assembly(new Files(link), files, limits.values().importedFiles());
    var compilation = assembly.assemble(source);
    stage = compilation instanceof Compilation.Compiled ? Stage.COMPILED : Stage.EMPTY;
    return compilation;
  }

  private final class Files implements Assembly.Compiler {

    private final WorkerLink pipe;

    Files(WorkerLink pipe) {
      this.pipe = pipe;
    }

    @Override
    public Compilation script(ScriptSource source) throws InterruptedException {
      return file(source, new Frame.Compile(number, source));
    }

    @Override
    public Compilation module(ScriptSource source) throws InterruptedException {
      return file(source, new Frame.Module(number, source));
    }

    private Compilation file(ScriptSource source, Frame.ToWorker frame)
        throws InterruptedException {
      var oversized = ScriptSize.fault(source, limits.values().sourceBytes());
      return oversized == null ? judged(frame) : new Compilation.Rejected(List.of(oversized));
    }

    @Override
    public Compilation link(List<Assembly.Link> order) throws InterruptedException {
      for (var module : order.subList(0, order.size() - 1)) {
        pipe.send(frame(module));
      }
      return judged(frame(order.getLast()));
    }

    private Frame.Link frame(Assembly.Link link) {
      return new Frame.Link(number, link.file(), link.targets());
    }

    private Compilation judged(Frame.ToWorker question) throws InterruptedException {
      pipe.deliver(question);
      if (!(pipe.next() instanceof Frame.Judged(var compilation))) {
        throw pipe.broken("the worker does not answer with a compilation");
      }
      if (!(pipe.next() instanceof Frame.Idle)) {
        throw pipe.broken("the worker goes on after a compilation");
      }
      return compilation;
    }
  }

  @Override
  public Guest start(GuestLaunch launch) {
    var pipe = link;
    if (stage != Stage.COMPILED || pipe == null) {
      throw new IllegalStateException(
          stage == Stage.STARTED ? "the script was started already" : "no script was compiled");
    }
    stage = Stage.STARTED;
    var guest = new WorkerGuest(pipe, limits, number);
    guest.launch(launch);
    return guest;
  }

  void requireStarted() {
    if (stage != Stage.STARTED) {
      throw new IllegalStateException("nothing was started yet");
    }
  }

  @Override
  public Sandbox nested() {
    return worker.nested();
  }

  @Override
  public String confinement() {
    return worker.confinement();
  }

  /// Gives the realm up.
  ///
  /// @throws SandboxException if the worker died before
  @Override
  public void close() {
    if (stage == Stage.LEFT || link == null) {
      return;
    }
    stage = Stage.LEFT;
    try {
      link.tell(new Frame.Leave(number));
    } catch (InterruptedException e) {
      // The run is being stopped, which ends the worker with all its realms.
      Thread.currentThread().interrupt();
    }
  }
}
