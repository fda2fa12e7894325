package mimo.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mimo.compose.ComposeOptions.Arguments;
import mimo.compose.ScriptFiles.ScriptFile;
import mimo.compose.testing.ScriptShelf;
import mimo.compose.testing.Scripts;
import mimo.engine.Activity;
import mimo.engine.ActivityResult;
import mimo.engine.EngineException;
import mimo.engine.RunId;
import mimo.engine.RunListener;
import mimo.engine.RunResult;
import mimo.engine.StepOutcome;
import mimo.engine.Workflow;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.StreamId;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;
import mimo.sandbox.InlineSandbox;
import mimo.sandbox.SandboxLimits;
import mimo.sandbox.ScriptSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A run whose scripts run others, cut off at every append and taken up again (D20, D21, L38).
final class NestedResumeTest {

  /// Each of so many ended runs is also replayed without a world.
  private static final int REPLAYED = 8;

  private static final String SCRIPT =
      Scripts.META
          + """
          const seen = [Math.random(), await agent('p', {label: 'first'})];
          const both = await parallel([
            () => workflow('mid', 1),
            async () => [await agent('p', {label: 'side'}), await workflow('bad').catch((e) => e.code)],
          ]);
          seen.push(...both, await workflow('mid', 2), Math.random(), Date.now());
          return seen;
          """;

  private static ScriptShelf shelf() {
    return new ScriptShelf(request -> new StepOutcome.Completed(request.input()))
        .with("bad", "log('bad'); throw new Error('no');")
        .whole(
            "mid",
            """
            export const meta = {name: 'mid', description: 'd'};
            import { twice } from './lib.js';
            phase('Mid');
            log('mid', args);
            const leaves = await parallel([
              () => workflow('leaf', {n: args}, {maxConcurrentAgents: 1}),
              () => agent('p', {label: 'mid ' + args}),
            ]);
            return [twice(args), Math.random(), Date.now(), leaves];
            """)
        .whole("lib", "export const twice = (x) => 2 * x;\n")
        .with(
            "leaf",
            """
            const all = await parallel(['a', 'b'].map((x) => () => agent('p', {label: x + args.n})));
            return all.length + Math.random();
            """);
  }

  /// Answers at once.
  private static ScriptedActivity world(ScriptShelf scripts) {
    Activity answers =
        (request, _) ->
            switch (scripts.apply(request)) {
              case StepOutcome.Completed(var value) -> new ActivityResult.Completed(value, "{}");
              case StepOutcome.Failed(var code, var message) ->
                  new ActivityResult.Failed(code, message, "{}");
            };
    return new ScriptedActivity(answers);
  }

  private static Workflow workflow() {
    return run -> {
      try (var sandbox = new InlineSandbox(SandboxLimits.defaults())) {
        sandbox.compile(new ScriptSource("t.js", SCRIPT));
        var files = new ScriptFiles(List.of(new ScriptFile("t.js", "/workspace/t.js", SCRIPT)));
        return new ComposeWorkflow(sandbox, "t.js", files, Scripts.options(Arguments.NONE))
            .execute(run);
      }
    };
  }

  @Test
  void resumesExactlyAfterACutAtAnyAppendD21() throws InterruptedException {
    var cut = 1;
    while (cutsOnce(cut)) {
      cut++;
    }

    assertTrue(cut > 30, "only " + cut + " cuts were made");
  }

  private static boolean cutsOnce(int cut) throws InterruptedException {
    var disk = new InMemoryJournal.Disk();
    var id = runUntilTheCut(new InMemoryJournal(disk, cut));
    if (id == null) {
      return true;
    }
    var survived = settled(disk, id);
    boolean wasEnded = disk.records(StreamId.run(id)).getLast().type().equals("run_ended");
    if (wasEnded) {
      return false;
    }
    var before = program(disk, id);

    var world = world(shelf());
    var resumed =
        assertInstanceOf(RunResult.Completed.class, resume(disk, id, world), "cut " + cut);

    for (var label : survived) {
      assertEquals(0, world.runs(label), "cut " + cut + ": " + label + " ran again");
    }
    assertEquals(before, program(disk, id).subList(0, before.size()), "cut " + cut);
    if (cut % REPLAYED == 0) {
      assertEquals(resumed.value(), replayed(disk, id), "cut " + cut);
    }
    return true;
  }

  private static @Nullable RunId runUntilTheCut(InMemoryJournal journal)
      throws InterruptedException {
    try {
      return TestBench.engine(journal, world(shelf()))
          .start(TestBench.request(), workflow(), RunListener.none())
          .await()
          .id();
    } catch (EngineException.StoreFailure e) {
      return null;
    }
  }

  private static RunResult resume(InMemoryJournal.Disk disk, RunId id, Activity world)
      throws InterruptedException {
    try (var engine = TestBench.engine(new InMemoryJournal(disk, Integer.MAX_VALUE), world)) {
      return engine.resume(id, TestBench.request(), workflow(), RunListener.none()).await();
    }
  }

  /// What the ended run would come to if nothing might run any more: all is in its journal.
  private static String replayed(InMemoryJournal.Disk disk, RunId id) throws InterruptedException {
    var copy = disk.copyWithout(StreamId.run(id), "run_ended");
    var world = world(new ScriptShelf(_ -> new StepOutcome.Failed("gone", "nothing is left")));
    var value = assertInstanceOf(RunResult.Completed.class, resume(copy, id, world)).value();
    assertEquals(0, world.runs(), "a replay ran a body");
    return value;
  }

  private static Set<String> settled(InMemoryJournal.Disk disk, RunId id) {
    var labels = new HashMap<Integer, String>();
    var settled = new HashSet<String>();
    for (var record : disk.records(StreamId.run(id))) {
      switch (JournalCodec.decode(record)) {
        case JournalEntry.StepScheduled(var seq, var request, _) ->
            labels.put(seq, request.label());
        case JournalEntry.SettledEntry end -> settled.add(labels.get(end.seq()));
        case JournalEntry _ -> {}
      }
    }
    // What is asked for twice may rightly run once more.
    settled.removeIf(label -> label.matches("mid|leaf|\\./lib\\.js"));
    return settled;
  }

  /// What the program did and was handed, as it stands in the journal.
  private static List<JournalEntry> program(InMemoryJournal.Disk disk, RunId id) {
    return disk.records(StreamId.run(id)).stream()
        .<JournalEntry>map(JournalCodec::decode)
        .filter(JournalEntry.ProgramEntry.class::isInstance)
        .toList();
  }
}
