package mimo.cli.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mimo.cli.command.Shelf;
import mimo.cli.error.CommandException;
import mimo.cli.script.Scripts;
import mimo.engine.RunId;
import mimo.engine.RunKeeper;
import mimo.engine.RunRequest.ScriptDigest;
import mimo.engine.RunSummary;
import mimo.engine.archive.ArchivedRun.ArchivedScript;
import mimo.engine.journal.Digests;
import org.jspecify.annotations.Nullable;

/// The shelf of this machine's store. Confined to the command's thread.
final class LocalShelf implements Shelf {

  private static final String TESTS = ".mimocode";

  private final LocalRuns.Workshop workshop;
  private final Scripts scripts;

  LocalShelf(LocalRuns.Workshop workshop, Scripts scripts) {
    this.workshop = workshop;
    this.scripts = scripts;
  }

  private <T> T keeping(Function<RunKeeper, T> work) {
    return Failing.told(() -> {
      try (var keeper = workshop.keeper()) {
        return work.apply(keeper);
      }
    });
  }

  @Override
  public Exported export(RunId run, @Nullable Path named) {
    var name = named == null ? Path.of(run.value() + RunFiles.ENDING) : named;
    var file = workshop.folder().resolve(name);
    return keeping(keeper -> {
      var texts = new ArrayList<ArchivedScript>();
      var missing = new ArrayList<String>();
      for (var script : keeper.started(run).scripts()) {
        text(script)
            .ifPresentOrElse(
                text -> texts.add(new ArchivedScript(script.location(), script.sha256(), text)),
                () -> missing.add(script.location()));
      }
      long bytes = RunFiles.write(keeper.take(run, texts), file);
      return new Exported(file, bytes, missing);
    });
  }

  /// The text a run was started with, if it is still there.
  private Optional<String> text(ScriptDigest script) {
    var text =
        script.location().startsWith("builtin:")
            ? Optional.of(scripts.at(script.location()).text())
            : RunFiles.text(Path.of(script.location()));
    return text.filter(found -> Digests.hex(found).equals(script.sha256()));
  }

  @Override
  public RunId take(Path file) {
    var run = RunFiles.read(workshop.folder().resolve(file));
    return keeping(keeper -> keeper.store(run, RunOptions::fromElsewhere));
  }

  @Override
  public long remove(List<RunId> runs) {
    return keeping(keeper -> {
      long before = keeper.bytes();
      keeper.erase(runs);
      return Math.max(0, before - keeper.bytes());
    });
  }

  @Override
  public void pin(RunId run) {
    keeping(keeper -> {
      keeper.pin(run);
      return run;
    });
  }

  @Override
  public void unpin(RunId run) {
    keeping(keeper -> {
      keeper.unpin(run);
      return run;
    });
  }

  @Override
  public Swept sweep(Plan plan) {
    return keeping(keeper -> {
      var runs = keeper.outdated(plan.olderThan(), plan.newest());
      if (plan.mode() == Mode.REMOVE && !runs.isEmpty()) {
        keeper.erase(runs.stream().map(RunSummary::id).toList());
      }
      return new Swept(runs, keeper.bytes());
    });
  }

  @Override
  public List<Tested> test(List<Path> paths) throws InterruptedException {
    var asked = paths.isEmpty() ? List.of(Path.of(TESTS)) : paths;
    var there = asked.stream().map(path -> workshop.folder().resolve(path)).toList();
    var found =
        paths.isEmpty() && !RunFiles.isFolder(there.getFirst())
            ? List.<Path>of()
            : RunFiles.find(there);
    if (found.isEmpty()) {
      throw new CommandException(
          "no_tests", "there is no " + RunFiles.ENDING + " file in " + asked.getFirst());
    }
    var results = new ArrayList<Tested>();
    var replays = new Replays(workshop, scripts);
    for (var file : found) {
      var shown = file.startsWith(workshop.folder()) ? workshop.folder().relativize(file) : file;
      results.add(replays.test(file, shown));
    }
    return List.copyOf(results);
  }
}
