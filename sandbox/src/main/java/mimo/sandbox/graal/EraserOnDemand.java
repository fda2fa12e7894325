package mimo.sandbox.graal;

import mimo.sandbox.Erasure;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptSource;
import org.jspecify.annotations.Nullable;

/// The eraser of types for the files of one program: loaded when the first one comes, gone when the
/// program starts. A program without TypeScript never loads it. Confined to one thread.
public final class EraserOnDemand implements AutoCloseable {

  private final SandboxLimits limits;
  private @Nullable TypeEraser loaded;

  public EraserOnDemand(SandboxLimits limits) {
    this.limits = limits;
  }

  /// Takes the types out of one file.
  public Erasure erase(ScriptSource source) throws InterruptedException {
    var eraser = loaded;
    if (eraser == null) {
      eraser = new TypeEraser(limits);
      loaded = eraser;
    }
    return eraser.erase(source);
  }

  /// Throws the eraser away; the next file loads it anew.
  @Override
  public void close() {
    var eraser = loaded;
    loaded = null;
    if (eraser != null) {
      eraser.close();
    }
  }
}
