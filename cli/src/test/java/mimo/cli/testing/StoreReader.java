package mimo.cli.testing;

import static java.util.stream.Collectors.toSet;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import mimo.engine.Engine;
import mimo.engine.EnginePorts;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import mimo.engine.RunState;
import mimo.engine.RunSummary;
import mimo.engine.journal.sqlite.SqliteJournal;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.scheduling.Scheduler;

/// Asks a store about its runs as any other process may, also while one is at work.
///
/// @param data the folder of the store
public record StoreReader(Path data) {

  /// All runs there are.
  public Set<RunId> runs() {
    return reading(engine -> engine.list().stream().map(RunSummary::id).collect(toSet()));
  }

  /// Where a run stands.
  public RunState state(RunId run) {
    return reading(engine ->
        engine.list().stream()
            .filter(line -> line.id().equals(run))
            .map(RunSummary::state)
            .findFirst()
            .orElseThrow());
  }

  /// The labels of the steps that have a result.
  public Set<String> completed(RunId run) {
    var labels = new HashMap<Integer, String>();
    var completed = new HashSet<String>();
    for (var event : reading(engine -> engine.events(run))) {
      if (event instanceof RunEvent.StepScheduled step) {
        labels.put(step.seq(), step.label());
      } else if (event instanceof RunEvent.StepCompleted step) {
        completed.add(labels.get(step.seq()));
      }
    }
    return completed;
  }

  private <T> T reading(Function<Engine, T> question) {
    var ports =
        new EnginePorts(
            new SqliteJournal(data),
            Map.of(),
            new Scheduler(Map.of()),
            key -> new SecretRedactor(new LiveValues(Set.of()), key),
            InstantSource.system(),
            new Random());
    try (var reader = new Engine(ports)) {
      return question.apply(reader);
    }
  }
}
