package mimo.engine.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import mimo.engine.ActivityResult;
import mimo.engine.Engine;
import mimo.engine.EngineException;
import mimo.engine.EngineException.ArchiveRefused;
import mimo.engine.EngineException.LeaseRefused;
import mimo.engine.EngineException.RemovalRefused;
import mimo.engine.EngineException.ResumeRefused;
import mimo.engine.EnginePorts;
import mimo.engine.ForkPoint;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import mimo.engine.RunKeeper;
import mimo.engine.RunListener;
import mimo.engine.RunOrigin;
import mimo.engine.RunResult;
import mimo.engine.RunState;
import mimo.engine.RunSummary;
import mimo.engine.Workflow;
import mimo.engine.WorkflowResult;
import mimo.engine.archive.ArchiveReader;
import mimo.engine.archive.ArchiveWriter;
import mimo.engine.archive.ArchivedRun;
import mimo.engine.archive.ArchivedRun.ArchivedScript;
import mimo.engine.journal.AppendListener;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.StreamId;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.Redaction;
import mimo.engine.redaction.Rules;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.redaction.WordRemoval;
import mimo.engine.testing.ManualClock;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.ScriptedWorkflows;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that are carried from store to store, and runs that are removed (D60, D61).
final class KeptRunsTest {

  static final Redaction ALL_RULES =
      key -> new SecretRedactor(new LiveValues(List.of()), key, Rules.ALL);

  private static final ArchivedScript SCRIPT =
      new ArchivedScript("/w/review.js", "00", "await agent('a');\n");

  @TempDir private Path folder = Path.of("unset");
  @TempDir private Path other = Path.of("unset");
  private final ManualClock clock = new ManualClock();
  private final Random dice = new Random(11);

  private RunKeeper keeper(Path store) {
    return new RunKeeper(new SqliteJournal(store), ALL_RULES, clock, new Random(5));
  }

  private static Engine engine(Path store, ScriptedActivity agents) {
    return TestBench.engine(new SqliteJournal(store), agents);
  }

  /// Agents whose answers are stored apart.
  private static ScriptedActivity wordy(String text) {
    return new ScriptedActivity((request, _) ->
        new ActivityResult.Completed(
            "\"" + request.label() + " " + text.repeat(1_000) + "\"", "{}"));
  }

  private RunId ran(Workflow workflow, ScriptedActivity agents) throws InterruptedException {
    var ports = TestBench.ports(new SqliteJournal(folder), agents, List.of(), 16);
    try (var engine =
        new Engine(
            new EnginePorts(
                ports.journal(),
                ports.activities(),
                ports.scheduler(),
                ports.redaction(),
                clock,
                dice))) {
      return engine.start(TestBench.request(), workflow, RunListener.none()).await().id();
    }
  }

  private static List<RunEvent> events(Path store, RunId run) {
    try (var engine = engine(store, ScriptedActivity.echo())) {
      return engine.events(run);
    }
  }

  private static List<RunSummary> list(Path store) {
    try (var engine = engine(store, ScriptedActivity.echo())) {
      return engine.list();
    }
  }

  private String exported(RunId run) throws IOException {
    try (var keeper = keeper(folder)) {
      var text = new StringWriter();
      ArchiveWriter.write(keeper.take(run, List.of(SCRIPT)), text);
      return text.toString();
    }
  }

  static ArchivedRun read(String text) throws IOException {
    return ArchiveReader.read(new BufferedReader(new StringReader(text)));
  }

  @Test
  void carriesARunToAnotherStoreWithTheSameEventsD60() throws Exception {
    var run = ran(ScriptedWorkflows.mixed(9), wordy("long answer "));
    var file = exported(run);

    RunId imported;
    try (var keeper = keeper(other)) {
      imported = keeper.store(read(file), UnaryOperator.identity());
    }

    assertEquals(run, imported);
    assertEquals(events(folder, run), events(other, imported));
    assertEquals(list(folder), list(other));
    assertEquals(List.of(SCRIPT), read(file).scripts());
    assertEquals(file, exported(run), "the same run makes the same bytes");
  }

  @Test
  void givesAnImportedRunAnotherIdIfItsOwnIsTakenD60() throws Exception {
    var run = ran(ScriptedWorkflows.sequential(3), ScriptedActivity.echo());
    var file = exported(run);

    RunId imported;
    try (var keeper = keeper(folder)) {
      imported = keeper.store(read(file), UnaryOperator.identity());
    }

    assertNotEquals(run, imported);
    assertEquals(events(folder, run), events(folder, imported));
  }

  @Test
  void goesOnWithAnImportedRunWhereItStoppedD60() throws Exception {
    Workflow cutOff =
        scope -> {
          scope.schedule(TestBench.agent("s0"));
          scope.awaitDeliveries();
          return new WorkflowResult.Failed(
              "worker_died", "", null, WorkflowResult.Resumable.YES, List.of());
        };
    var run = ran(cutOff, ScriptedActivity.echo());
    var file = exported(run);
    try (var keeper = keeper(other)) {
      keeper.store(read(file), UnaryOperator.identity());
    }
    var agents = ScriptedActivity.echo();

    try (var engine = engine(other, agents)) {
      var workflow = ScriptedWorkflows.sequential(3);
      var result = engine.resume(run, TestBench.request(), workflow, RunListener.none()).await();

      assertInstanceOf(RunResult.Completed.class, result);
      assertEquals(2, agents.runs());
    }
  }

  @Test
  void refusesAFileThatWasChangedAndWritesNothingD60() throws Exception {
    var file = exported(ran(ScriptedWorkflows.mixed(4), wordy("long answer ")));
    var seed = 20_261_123L;
    var random = new Random(seed);

    for (int i = 0; i < 300; i++) {
      int at = random.nextInt(file.length());
      var changed =
          switch (random.nextInt(4)) {
            case 0 -> file.substring(0, at);
            case 1 -> file.substring(0, at) + (char) (file.charAt(at) ^ 1) + file.substring(at + 1);
            case 2 -> file.substring(0, at) + "7" + file.substring(at);
            default -> file + file.substring(at);
          };
      if (!changed.equals(file)) {
        var when = "seed " + seed + ", change " + i;
        var refused = assertThrows(ArchiveRefused.class, () -> read(changed), when);
        assertEquals("archive_invalid", refused.code());
      }
    }
    var newer = file.replaceFirst("\"mimorun\":1", "\"mimorun\":2");
    assertEquals("archive_newer", assertThrows(ArchiveRefused.class, () -> read(newer)).code());
    assertFalse(Files.exists(other.resolve("mimocode.db")));
  }

  @Test
  void cleansACopyByEveryRuleAndSaysSoD60() throws Exception {
    var secret = "q7Rt2xLm9Zw4";
    var answers =
        new ScriptedActivity(
            (_, _) -> new ActivityResult.Completed("{\"password\":\"" + secret + "\"}", "{}"));
    var run = ran(ScriptedWorkflows.sequential(1), answers);
    var file = exported(run);
    try (var keeper = keeper(other)) {
      keeper.store(read(file), UnaryOperator.identity());
    }

    assertTrue(events(folder, run).toString().contains(secret), "a run keeps what it reads (D11)");
    assertFalse(file.contains(secret), file);
    var events = events(other, run);
    assertInstanceOf(RunEvent.Scrubbed.class, events.getLast());
    assertEquals(new RunState.Completed(0), list(other).getFirst().state());
    try (var engine = engine(other, answers)) {
      var refused =
          assertThrows(
              ResumeRefused.class,
              () ->
                  engine.resume(
                      run,
                      TestBench.request(),
                      ScriptedWorkflows.sequential(1),
                      RunListener.none()));
      assertEquals("run_scrubbed", refused.code());
    }
  }

  @Test
  void leavesNoByteOfAScrubbedWordAndARunThatCanBeContinuedD71() throws Exception {
    var workflow = ScriptedWorkflows.sequential(2);
    var run = ran(workflow, wordy("left-handed handshake "));
    var other = ran(workflow, wordy("other words "));
    assertTrue(bytes().contains("left-handed handshake"));

    try (var keeper = keeper(folder)) {
      var removal = keeper.scrub(Map.of("left-handed handshake", WordRemoval.REMOVED));
      assertEquals(new RunKeeper.Removal(List.of(run), List.of()), removal);
      assertFalse(bytes().contains("left-handed"), "while the store is open");
    }

    assertFalse(bytes().contains("left-handed"), "after it was closed");
    assertInstanceOf(RunEvent.Scrubbed.class, events(folder, run).getLast());
    assertTrue(events(folder, other).toString().contains("other words"));
    try (var engine = engine(folder, ScriptedActivity.echo())) {
      var request = TestBench.request();
      var refused =
          assertThrows(
              ResumeRefused.class, () -> engine.resume(run, request, workflow, RunListener.none()));
      assertEquals("run_scrubbed", refused.code());
      var continued = engine.continueRun(run, request, workflow, RunListener.none()).await();
      assertInstanceOf(RunResult.Completed.class, continued);
    }
  }

  @Test
  void leavesNoByteOfARemovedRunD61() throws Exception {
    var doomed = ran(ScriptedWorkflows.mixed(6), wordy("doomed words "));
    var kept = ran(ScriptedWorkflows.sequential(2), wordy("kept words "));
    assertTrue(bytes().contains("doomed words"));

    try (var keeper = keeper(folder)) {
      keeper.erase(List.of(doomed));
      assertFalse(bytes().contains("doomed words"), "while the store is open");
    }

    assertFalse(bytes().contains("doomed words"), "after it was closed");
    assertEquals(List.of(kept), list(folder).stream().map(RunSummary::id).toList());
    assertTrue(events(folder, kept).toString().contains("kept words"));
  }

  @Test
  void keepsAValueThatAnotherRunNeedsD61() throws Exception {
    var one = ran(ScriptedWorkflows.sequential(2), wordy("shared words "));
    var two = ran(ScriptedWorkflows.sequential(2), wordy("shared words "));
    var before = events(folder, two);

    try (var keeper = keeper(folder)) {
      keeper.erase(List.of(one));
    }

    assertEquals(before, events(folder, two));
  }

  @Test
  void refusesToRemoveARunThatIsWorkedOnD61() throws Exception {
    var run = ran(ScriptedWorkflows.sequential(1), ScriptedActivity.echo());
    try (var owner = new SqliteJournal(folder);
        var _ = owner.acquire(StreamId.run(run));
        var keeper = new RunKeeper(owner, ALL_RULES, clock, new Random(5))) {

      var refused = assertThrows(LeaseRefused.class, () -> keeper.erase(List.of(run)));

      assertEquals("run_live", refused.code());
    }
    assertEquals(1, list(folder).size());
  }

  @Test
  void takesForOutdatedWhatHasEndedLongAgoAndNobodyPinnedD61() throws Exception {
    var pinned = ran(ScriptedWorkflows.sequential(1), ScriptedActivity.echo());
    var old = ran(ScriptedWorkflows.sequential(1), ScriptedActivity.echo());
    Workflow cutOff =
        _ ->
            new WorkflowResult.Failed(
                "worker_died", "", null, WorkflowResult.Resumable.YES, List.of());
    ran(cutOff, ScriptedActivity.echo());
    var newest = ran(ScriptedWorkflows.sequential(1), ScriptedActivity.echo());
    clock.advance(Duration.ofDays(31));

    try (var keeper = keeper(folder)) {
      keeper.pin(pinned);

      assertEquals(List.of(old), ids(keeper.outdated(Duration.ofDays(30), 1)));
      assertEquals(List.of(newest, old), ids(keeper.outdated(Duration.ofDays(30), 0)));
      assertEquals(List.of(), ids(keeper.outdated(Duration.ofDays(32), 0)));
      assertEquals(List.of(), ids(keeper.outdated(Duration.ofDays(30), 4)));
      keeper.unpin(pinned);
      assertEquals(List.of(old, pinned), ids(keeper.outdated(Duration.ofDays(30), 1)));
    }
  }

  private static List<RunId> ids(List<RunSummary> runs) {
    return runs.stream().map(RunSummary::id).toList();
  }

  @Test
  void givesTheRoomBackUnlessSomebodyWorksD61() throws Exception {
    var big = ran(ScriptedWorkflows.fanOut(40), wordy("many words "));
    var run = ran(ScriptedWorkflows.sequential(1), ScriptedActivity.echo());

    try (var journal = new SqliteJournal(folder)) {
      long before = journal.bytes();
      try (var _ = journal.acquire(StreamId.run(run))) {
        journal.erase(List.of(StreamId.run(big)));
        assertFalse(journal.compact());
      }
      assertTrue(journal.compact());
      assertTrue(journal.bytes() < before / 2, journal.bytes() + " of " + before);
      assertEquals(Set.of(), journal.pinned());
    }
  }

  private RunId forked(RunId source) throws InterruptedException {
    var ports = TestBench.ports(new SqliteJournal(folder), ScriptedActivity.echo(), List.of(), 16);
    try (var engine =
        new Engine(
            new EnginePorts(
                ports.journal(),
                ports.activities(),
                ports.scheduler(),
                ports.redaction(),
                clock,
                dice))) {
      return engine
          .fork(
              new ForkPoint(source, 3, RunOrigin.Later.REUSED),
              TestBench.request(),
              ScriptedWorkflows.sequential(5),
              RunListener.none())
          .await()
          .id();
    }
  }

  @Test
  void carriesAForkTogetherWithWhatItSharesD60() throws Exception {
    var source = ran(ScriptedWorkflows.sequential(4), ScriptedActivity.echo());
    var fork = forked(source);
    var file = exported(fork);
    var wanted = events(folder, fork);

    try (var keeper = keeper(other)) {
      assertEquals(fork, keeper.store(read(file), UnaryOperator.identity()));
      assertNotEquals(
          fork,
          keeper.store(read(file), UnaryOperator.identity()),
          "a second time under another id");
    }
    assertEquals(wanted, events(other, fork));
    assertEquals(3, list(other).size(), "both share one source");
    var third = folder.resolve("third");
    try (var journal = new SqliteJournal(third);
        var lease = journal.acquire(StreamId.run(source));
        var keeper = new RunKeeper(new SqliteJournal(third), ALL_RULES, clock, dice)) {
      var note = new JournalRecord("log_written", "{\"v\":1,\"type\":\"log_written\"}", Map.of());
      var done = new CountDownLatch(1);
      journal.append(lease, List.of(note), counting(done));
      done.await();
      keeper.store(read(file), UnaryOperator.identity());
    }
    var found = events(third, fork);
    assertNotEquals(wanted.getFirst(), found.getFirst(), "a source whose id is taken gets another");
    assertEquals(wanted.subList(1, wanted.size()), found.subList(1, found.size()));
  }

  private static AppendListener counting(CountDownLatch done) {
    return new AppendListener() {
      @Override
      public void durable() {
        done.countDown();
      }

      @Override
      public void failed(EngineException cause) {
        throw new AssertionError(cause);
      }
    };
  }

  @Test
  void keepsARunWhoseEntriesAForkSharesD61() throws Exception {
    var source = ran(ScriptedWorkflows.sequential(4), ScriptedActivity.echo());
    var fork = forked(source);
    clock.advance(Duration.ofDays(31));

    try (var keeper = keeper(folder)) {
      var refused = assertThrows(RemovalRefused.class, () -> keeper.erase(List.of(source)));
      assertEquals(
          "run " + source + " shares its entries with its fork " + fork, refused.getMessage());
      assertEquals(List.of(), ids(keeper.outdated(Duration.ofDays(30), 1)));
      assertEquals(List.of(fork, source), ids(keeper.outdated(Duration.ofDays(30), 0)));
      keeper.erase(List.of(source, fork));
    }
    assertEquals(List.of(), list(folder));
  }

  @Test
  void saysWhichRunIsUnknown() {
    try (var keeper = keeper(folder)) {
      var unknown = new RunId("00000000dead");

      EngineException refused =
          assertThrows(ResumeRefused.class, () -> keeper.take(unknown, List.of()));

      assertEquals("run_unknown", refused.code());
    }
  }

  /// All that is in the store's files, each byte a character.
  private String bytes() throws IOException {
    var all = new StringBuilder();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
