package mimo.cli.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import mimo.cli.command.Runs;
import mimo.engine.AnswerReceipt;
import mimo.engine.Engine;
import mimo.engine.GateAnswer;
import mimo.engine.Run;
import mimo.engine.RunId;
import mimo.engine.RunResult;
import mimo.engine.reuse.ReuseReport;
import mimo.sandbox.Sandbox;
import org.jspecify.annotations.Nullable;

/// A run this process works on, with the engine and the worker that are its own.
record StartedRun(
    Run run,
    Engine engine,
    Sandbox sandbox,
    Function<String, @Nullable String> texts,
    Optional<Path> document)
    implements Runs.Running {

  @Override
  public RunId id() {
    return run.id();
  }

  @Override
  public @Nullable String source(String file) {
    return texts.apply(file);
  }

  @Override
  public RunResult await() throws InterruptedException {
    return run.await();
  }

  @Override
  public Optional<ReuseReport> reuse() {
    return Failing.told(() -> Resumptions.reuse(engine, run.id()));
  }

  @Override
  public AnswerReceipt answer(int seq, GateAnswer answer) {
    return run.answer(seq, answer);
  }

  @Override
  public void detach() {
    run.detach();
  }

  @Override
  public void pause() {
    run.pause("interrupted", "the run was interrupted");
  }

  @Override
  public void close() {
    try (sandbox) {
      engine.close();
    }
  }
}
