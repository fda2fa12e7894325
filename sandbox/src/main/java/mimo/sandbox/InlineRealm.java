package mimo.sandbox;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import mimo.sandbox.graal.EraserOnDemand;
import mimo.sandbox.graal.GuestEngine;
import mimo.sandbox.graal.GuestEngines;
import org.jspecify.annotations.Nullable;

/// One script's place in an [InlineSandbox]. Confined to one thread; its guest runs on another.
final class InlineRealm implements Sandbox {

  private final InlineSandbox owner;
  private final SandboxLimits limits;
  private final ExecutorService thread;
  private final InlineGuest guest;
  private final Future<GuestEngine> engine;
  private boolean compiled;
  private boolean started;

  InlineRealm(
      InlineSandbox owner,
      SandboxLimits limits,
      ExecutorService thread,
      Future<GuestEngines> engines) {
    this.owner = owner;
    this.limits = limits;
    this.thread = thread;
    this.guest = new InlineGuest();
    this.engine = thread.submit(() -> engines.get().open(guest::tell));
  }

  @Override
  public Compilation compile(ScriptSource source, ImportedFiles files, ErasedTexts texts)
      throws InterruptedException {
    if (compiled) {
      throw new IllegalStateException("a sandbox compiles one script");
    }
    try (var eraser = new EraserOnDemand(limits)) {
      var values = limits.values();
      var compiler =
          new ErasingCompiler(new InlineCompiler(), eraser::erase, texts, values.sourceBytes());
      var compilation = new Assembly(compiler, files, values.importedFiles()).assemble(source);
      compiled = compilation instanceof Compilation.Compiled;
      return compilation;
    }
  }

  @Override
  public Guest start(GuestLaunch launch) {
    if (started || !compiled) {
      throw new IllegalStateException(
          started ? "the script was started already" : "no script was compiled");
    }
    started = true;
    guest.enter(() -> engine.get().start(launch));
    return guest;
  }

  void requireStarted() {
    if (!started) {
      throw new IllegalStateException("nothing was started yet");
    }
  }

  private final class InlineCompiler implements Assembly.Compiler {

    @Override
    public Compilation script(ScriptSource source) throws InterruptedException {
      return result(thread.submit(() -> engine.get().compile(source)));
    }

    @Override
    public Compilation module(ScriptSource source) throws InterruptedException {
      return result(thread.submit(() -> engine.get().module(source)));
    }

    @Override
    public Compilation link(List<Assembly.Link> order) throws InterruptedException {
      for (var module : order.subList(0, order.size() - 1)) {
        result(
            thread.submit(() -> {
              engine.get().linkModule(module.file(), module.targets());
              return module;
            }));
      }
      return result(thread.submit(() -> engine.get().linkScript(order.getLast().targets())));
    }
  }

  private static <T> T result(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new SandboxException("worker_died", "the engine failed: " + e.getCause());
    }
  }

  @Override
  public Sandbox nested() {
    return owner.nested();
  }

  @Override
  public String confinement() {
    return owner.confinement();
  }

  /// No event comes any more.
  void end(SandboxException why) {
    guest.end(why);
  }

  @Override
  public void close() {
    owner.left(this);
    guest.enter(() -> engine.get().close());
  }

  /// Something the guest's thread does until the guest is idle.
  private interface Entry {
    void run() throws Exception;
  }

  private final class InlineGuest implements Guest {

    private final LinkedBlockingQueue<Said> said = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(limits.pipe().queuedFrames());
    private final Set<Integer> open = new HashSet<>();
    private boolean ended;

    void tell(GuestEvent event) {
      room.acquireUninterruptibly();
      said.add(new Said(event, null));
    }

    void end(SandboxException why) {
      said.add(new Said(null, why));
      room.release(limits.pipe().queuedFrames());
    }

    void enter(Entry entry) {
      thread.execute(() -> {
        try {
          entry.run();
        } catch (Exception | StackOverflowError e) {
          end(new SandboxException("worker_died", "the engine failed: " + e));
        }
      });
    }

    @Override
    public GuestEvent next() throws InterruptedException {
      if (ended) {
        throw new IllegalStateException("the guest has ended");
      }
      var next = said.take();
      if (next.end() != null) {
        said.add(next);
        throw next.end();
      }
      room.release();
      var event = Objects.requireNonNull(next.event());
      ended = event instanceof GuestEvent.Finished || event instanceof GuestEvent.Failed;
      if (event instanceof GuestEvent.Called called) {
        open.add(called.call());
      }
      return event;
    }

    @Override
    public void settle(int call, Settlement settlement) {
      if (!open.remove(call)) {
        throw new IllegalArgumentException("call " + call + " is not open");
      }
      var within = ValueCaps.within(limits, settlement);
      enter(() -> engine.get().settle(call, within));
    }
  }

  /// An event, or the reason why none comes any more.
  private record Said(@Nullable GuestEvent event, @Nullable SandboxException end) {}
}
