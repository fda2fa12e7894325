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
  public Compilation compile(ScriptSource source, ImportedFiles files, ErasedTexts texts)
      throws InterruptedException {
    if (stage != Stage.EMPTY) {
      throw new IllegalStateException("a sandbox compiles one script");
    }
    link = worker.link();
    var values = limits.values();
    var pipe = new Files(link);
    var compiler = new ErasingCompiler(pipe, pipe::erase, texts, values.sourceBytes());
    var compilation = new Assembly(compiler, files, values.importedFiles()).assemble(source);
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

    Erasure erase(ScriptSource source) throws InterruptedException {
      return switch (answer(new Frame.Erase(source))) {
        case Frame.Erased(var text) -> new Erasure.Erased(text);
        case Frame.Judged(Compilation.Rejected(var faults)) -> new Erasure.Refused(faults);
        case Frame.FromWorker _ -> throw pipe.broken("the worker does not answer with a text");
      };
    }

    private Compilation judged(Frame.ToWorker question) throws InterruptedException {
      if (answer(question) instanceof Frame.Judged(var compilation)) {
        return compilation;
      }
      throw pipe.broken("the worker does not answer with a compilation");
    }

    /// The one frame with which the worker answers before it is idle.
    private Frame.FromWorker answer(Frame.ToWorker question) throws InterruptedException {
      pipe.deliver(question);
      var answer = pipe.next();
      if (!(pipe.next() instanceof Frame.Idle)) {
        throw pipe.broken("the worker goes on after its answer");
      }
      return answer;
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
