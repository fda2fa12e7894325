package mimo.sandbox;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import mimo.sandbox.graal.GuestEngines;

/// A sandbox in this process, for tests and embedding: the same engine policy, the same kernel, the
/// same caps on values.
///
/// **It confines names, but neither time nor memory.** A script that never stops is never stopped,
/// and one that fills the heap fills this process's heap. Run nothing in it that you would not run
/// anyway; the terminal program refuses it. Confined to one thread, but for [#close].
public final class InlineSandbox implements Sandbox {

  private final SandboxLimits limits;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("guest").factory());
  private final Future<GuestEngines> engines;
  private final Set<InlineRealm> realms = ConcurrentHashMap.newKeySet();
  private final InlineRealm first;

  public InlineSandbox(SandboxLimits limits) {
    this.limits = limits;
    this.engines = thread.submit(() -> new GuestEngines(limits));
    this.first = realm();
  }

  private InlineRealm realm() {
    var realm = new InlineRealm(this, limits, thread, engines);
    realms.add(realm);
    return realm;
  }

  @Override
  public Compilation compile(ScriptSource source, ImportedFiles files, ErasedTexts texts)
      throws InterruptedException {
    return first.compile(source, files, texts);
  }

  @Override
  public Guest start(GuestLaunch launch) {
    return first.start(launch);
  }

  @Override
  public Sandbox nested() {
    first.requireStarted();
    return realm();
  }

  void left(InlineRealm realm) {
    realms.remove(realm);
  }

  @Override
  public String confinement() {
    return "inline";
  }

  @Override
  public void close() {
    realms.forEach(
        realm -> realm.end(new SandboxException("worker_died", "the sandbox was closed")));
    try {
      thread.execute(this::closeEngines);
      thread.shutdown();
      // What runs on that thread keeps it from closing anything.
      closeEngines();
    } catch (RejectedExecutionException e) {
      // Closed before.
    }
  }

  private void closeEngines() {
    if (engines.state() == Future.State.SUCCESS) {
      engines.resultNow().close();
    }
  }
}
