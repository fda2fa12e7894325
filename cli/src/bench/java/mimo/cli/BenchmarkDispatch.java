package mimo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mimo.compose.ComposeOptions;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.ComposeWorkflow;
import mimo.compose.Dialect;
import mimo.compose.ScriptFiles;
import mimo.compose.ScriptFiles.ScriptFile;
import mimo.compose.testing.ScriptedRun;
import mimo.compose.testing.ScriptedRun.Order;
import mimo.engine.StepOutcome;
import mimo.engine.WorkflowResult;
import mimo.sandbox.Compilation;
import mimo.sandbox.Sandbox;
import mimo.sandbox.SandboxProcess;
import mimo.sandbox.ScriptSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What one `agent()` costs on its way from a script to the host and back, without journal, model
/// or network (P8): the built program's own worker, the real library, each call answered at once.
///
/// Every measurement is a worker's first and only script, as in real runs; the worker is up and the
/// script is compiled before the clock starts. So the interpreter is cold, and few calls cost more
/// each than many.
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 10)
@Fork(1)
@State(Scope.Benchmark)
public class BenchmarkDispatch {

  private static final String SCRIPT =
      """
      export const meta = {name: 'dispatch', description: 'Calls that are answered at once.'};
      if (args.sequence) {
        for (let i = 0; i < args.calls; i++) await agent('call ' + i);
      } else {
        await parallel(Array.from({length: args.calls}, (_, i) => () => agent('call ' + i)));
      }
      return args.calls;
      """;

  private static final int MANY = 10_000;
  private static final int SOME = 1_000;

  private static final ComposeOptions OPTIONS =
      new ComposeOptions(
          Arguments.GIVEN, "/workspace", Optional.empty(), MANY, MANY, Dialect.CLAUDE);

  private final Path dist = Path.of("target", "dist").toAbsolutePath();
  private Path scratch;
  private Sandbox sandbox;

  @Setup(Level.Iteration)
  public void startAWorker() throws IOException, InterruptedException {
    scratch = Files.createTempDirectory("dispatch");
    var installation = new Installation(dist, java(), scratch, null, null);
    sandbox = SandboxProcess.spawn(installation.worker());
    if (!(sandbox.compile(new ScriptSource("dispatch.js", SCRIPT))
        instanceof Compilation.Compiled)) {
      throw new IllegalStateException("the script does not compile");
    }
  }

  @TearDown(Level.Iteration)
  public void endTheWorker() throws IOException {
    sandbox.close();
    Files.delete(scratch);
  }

  @Benchmark
  @OperationsPerInvocation(MANY)
  public WorkflowResult fanOutOf10000() throws InterruptedException {
    return run("{\"calls\":" + MANY + ",\"sequence\":false}");
  }

  @Benchmark
  @OperationsPerInvocation(SOME)
  public WorkflowResult fanOutOf1000() throws InterruptedException {
    return run("{\"calls\":" + SOME + ",\"sequence\":false}");
  }

  @Benchmark
  @OperationsPerInvocation(SOME)
  public WorkflowResult sequenceOf1000() throws InterruptedException {
    return run("{\"calls\":" + SOME + ",\"sequence\":true}");
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"));
  }

  private WorkflowResult run(String arguments) throws InterruptedException {
    var answered = new StepOutcome.Completed("\"done\"");
    var run = new ScriptedRun(Order.OLDEST_FIRST, _ -> answered).with(arguments);
    var file = new ScriptFile("dispatch.js", "dispatch.js", SCRIPT);
    var files = new ScriptFiles(List.of(file));
    var result = new ComposeWorkflow(sandbox, "dispatch.js", files, OPTIONS).execute(run);
    if (!(result instanceof WorkflowResult.Finished(var value, List<?> _)) || value.isEmpty()) {
      throw new IllegalStateException("the script did not finish: " + result);
    }
    return result;
  }
}
