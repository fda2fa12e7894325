package mimo.sandbox.graal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import mimo.sandbox.Erasure;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSource;
import mimo.sandbox.compile.EraserText;
import mimo.sandbox.compile.LineIndex;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/// Takes types out of TypeScript, in a realm of its own that no script ever sees and that is thrown
/// away before one starts. Confined to one thread.
public final class TypeEraser implements AutoCloseable {

  /// What is wrong with one file and told at once; who has more repairs these first.
  private static final int MOST_FAULTS = 20;

  private final ExecutorService thread;
  private final Engine engine;
  private final Context context;
  private final Value eraser;

  /// Loads the eraser, which takes a while.
  public TypeEraser(SandboxLimits limits) throws InterruptedException {
    // The parser recurses with the nesting of the text, several calls for each level.
    long stack = limits.memory().eraserStackBytes();
    this.thread =
        Executors.newSingleThreadExecutor(task -> {
          var made = new Thread(null, task, "eraser", stack);
          made.setDaemon(true);
          return made;
        });
    this.engine = Confinement.engine();
    this.context = Confinement.context(engine, Map.of());
    this.eraser = onItsThread(this::load);
  }

  private Value load() {
    context.eval(source("wf-typescript", EraserText.parser()));
    return context.eval(source("wf-eraser", EraserText.eraser()));
  }

  private static Source source(String name, String text) {
    return Source.newBuilder("js", text, name).cached(false).buildLiteral();
  }

  /// Takes the types out of one file.
  public Erasure erase(ScriptSource source) throws InterruptedException {
    return onItsThread(() -> erasure(source.text()));
  }

  private Erasure erasure(String text) {
    try {
      var answer = eraser.execute(text, MOST_FAULTS);
      return answer.isString()
          ? new Erasure.Erased(answer.asString())
          : new Erasure.Refused(faults(answer, new LineIndex(text)));
    } catch (PolyglotException e) {
      var reason =
          e.isResourceExhausted() || isRangeError(e)
              ? "the program is nested too deeply"
              : "the types cannot be taken out of this file";
      return new Erasure.Refused(
          List.of(new ScriptFault("script_invalid", "SyntaxError", reason, 1, 1, "")));
    }
  }

  /// How the engine tells that the stack is full.
  private static boolean isRangeError(PolyglotException e) {
    return String.valueOf(e.getMessage()).startsWith("RangeError");
  }

  private static List<ScriptFault> faults(Value answer, LineIndex lines) {
    var faults = new ArrayList<ScriptFault>();
    for (long i = 0; i < answer.getArraySize(); i++) {
      var fault = answer.getArrayElement(i);
      var at = lines.position(fault.getArrayElement(0).asInt());
      var what = fault.getArrayElement(2).asString();
      boolean syntax = fault.getArrayElement(1).asString().equals("syntax");
      faults.add(
          new ScriptFault(
              syntax ? "script_invalid" : "type_not_erasable",
              "SyntaxError",
              what,
              at.line(),
              at.column(),
              ""));
    }
    return faults;
  }

  private <T> T onItsThread(Callable<T> task) throws InterruptedException {
    try {
      return thread.submit(task).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the eraser of types failed", e.getCause());
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    context.close(true);
    engine.close(true);
  }
}
