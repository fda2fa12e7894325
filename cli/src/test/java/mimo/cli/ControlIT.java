package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import mimo.agent.testing.ChatScript;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.cli.testing.BuiltMimo;
import mimo.cli.testing.Orphans;
import mimo.engine.testing.Proof;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The built program, asked and signalled from outside (DP10, DP11, D43, D45, D48).
final class ControlIT {

  private static final Duration HANGS = Duration.ofSeconds(60);

  private static final String SCRIPT =
      """
      export const meta = { name: 'two', description: 'asks two agents, one after the other' };
      const first = await agent('one', { label: 'one' });
      return first + ' ' + (await agent('two', { label: 'two' }));
      """;

  private @TempDir Path temp;
  private final Semaphore held = new Semaphore(0);
  private final CountDownLatch never = new CountDownLatch(1);
  private FakeModelServer server;
  private BuiltMimo mimo;
  private volatile boolean answers;

  @BeforeEach
  void startServer() throws IOException {
    server = FakeModelServer.start(this::answer);
    Files.writeString(temp.resolve("two.js"), SCRIPT);
    var configuration =
        """
        {"provider": {"test": {"options": {"baseURL": "%s", "apiKey": "test-key-0001"}}}}
        """
            .formatted(server.baseUrl());
    mimo = new BuiltMimo(temp.resolve("home"), temp, configuration);
  }

  @AfterEach
  void stopServer() {
    never.countDown();
    server.close();
  }

  /// The second agent gets no answer until all do.
  private FakeReply answer(JsonNode request) {
    var prompt = request.path("messages").path(1).path("content").asText();
    var reply = ChatScript.inChunksOf(40).text(prompt).finish("stop").usage(10, 5).done();
    if (answers || prompt.equals("one")) {
      return reply;
    }
    held.release();
    return reply.with(0, new FakeReply.Piece.Hold(new CountDownLatch(1), never));
  }

  private BuiltMimo.Running begin() throws InterruptedException {
    var running = mimo.start("compose", "two.js", "--model", "test/m", "--json");
    assertTrue(held.tryAcquire(HANGS.toSeconds(), TimeUnit.SECONDS), "no agent asked for long");
    return running;
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder("kill", "-" + name, "" + pid).start().waitFor());
  }

  private JsonNode theRun() throws InterruptedException {
    return mimo.run("runs", "list", "--json").json().path("runs").path(0);
  }

  private String resumes(String run) throws InterruptedException {
    answers = true;
    var resumed = mimo.run("runs", "resume", run, "--json");
    answers = false;
    assertEquals(0, resumed.exit(), resumed.err());
    return resumed.json().path("result").asText();
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static void say(String what, List<Duration> took) {
    var sorted = took.stream().sorted().map(Duration::toMillis).toList();
    System.getLogger("DP11")
        .log(
            System.Logger.Level.INFO,
            "{0}: {1} times, median {2} ms, worst {3} ms",
            what,
            sorted.size(),
            sorted.get(sorted.size() / 2),
            sorted.getLast());
  }

  @Test
  void pausesAtOneSignalAndIsResumedExactlyD48() throws Exception {
    var acknowledged = new ArrayList<Duration>();
    var gone = new ArrayList<Duration>();
    var run = "";
    for (int round = 0; round < Proof.rounds(10, 1_000); round++) {
      var running = begin();
      var descendants = running.process().descendants().toList();

      long signalled = System.nanoTime();
      signal("INT", running.process().pid());
      while (!Files.readString(running.err()).contains("pausing")) {
        assertTrue(since(signalled).compareTo(HANGS) < 0, "no acknowledgement");
        TimeUnit.MILLISECONDS.sleep(2);
      }
      acknowledged.add(since(signalled));
      var ended = running.await();
      gone.add(since(signalled));

      assertEquals(130, ended.exit(), ended.err());
      assertEquals("paused", ended.json().path("status").asText());
      run = ended.json().path("run").asText();
      assertTrue(ended.err().contains("mimo runs resume " + run), ended.err());
      assertEquals("paused", theRun().path("status").asText());
      Orphans.assertNone(descendants, "round " + round);
    }
    say("Ctrl-C once, acknowledged", acknowledged);
    say("Ctrl-C once, gone", gone);
    assertEquals("one two", resumes(run));
  }

  @Test
  void stopsAtOnceAtASecondSignalAndIsResumedExactlyD48() throws Exception {
    var gone = new ArrayList<Duration>();
    var run = "";
    for (int round = 0; round < Proof.rounds(10, 1_000); round++) {
      var running = begin();
      var descendants = running.process().descendants().toList();

      signal("INT", running.process().pid());
      long signalled = System.nanoTime();
      signal("INT", running.process().pid());
      var ended = running.await();
      gone.add(since(signalled));

      assertEquals(130, ended.exit(), ended.err());
      var listed = theRun();
      run = listed.path("run").asText();
      // The first signal may have been done with before the second came.
      assertTrue(
          List.of("interrupted", "paused").contains(listed.path("status").asText()),
          listed.toString());
      Orphans.assertNone(descendants, "round " + round);
    }
    say("Ctrl-C twice, gone", gone);
    assertEquals("one two", resumes(run));
  }

  @Test
  void isPausedWatchedAndCancelledByOtherProcessesD45() throws Exception {
    var running = begin();
    var run = theRun().path("run").asText();
    var watching = mimo.start("runs", "watch", run, "--format", "stream-json");

    var paused = mimo.run("runs", "pause", run, "--json");
    var ended = running.await();
    var watched = watching.await();
    var shown = mimo.run("runs", "show", run, "--format", "stream-json");
    var cancelled = mimo.run("runs", "cancel", run);

    assertTrue(paused.json().path("done").asBoolean(), paused.out() + paused.err());
    assertEquals(75, ended.exit(), ended.err());
    assertEquals(75, watched.exit(), watched.err());
    assertEquals("run_paused", shown.lines().getLast().path("type").asText());
    var durable =
        watched.lines().stream().filter(line -> line.has("id")).map(JsonNode::toString).toList();
    assertEquals(shown.lines().stream().map(JsonNode::toString).toList(), durable);
    assertEquals("run " + run + ": cancelled\n", cancelled.out(), cancelled.err());
    assertEquals("cancelled", theRun().path("status").asText());
  }

  @Test
  void oneOfTwoTakesOverFromADeadOwnerAndNobodyFromAStoppedOneDP10() throws Exception {
    int refusals = 0;
    for (int round = 0; round < Proof.rounds(5, 100); round++) {
      var running = begin();
      var run = theRun().path("run").asText();
      signal("STOP", running.process().pid());
      var refused = mimo.run("runs", "resume", run, "--json");
      assertEquals("run_live", refused.json().path("error").path("name").asText());

      Orphans.assertNone(running.killAlone(), "round " + round);
      answers = true;
      var one = mimo.start("runs", "resume", run, "--json");
      var other = mimo.start("runs", "resume", run, "--json");
      var ends = List.of(one.await(), other.await());
      answers = false;

      assertEquals(1, ends.stream().filter(end -> end.exit() == 0).count(), ends.toString());
      var lost = ends.stream().filter(end -> end.exit() != 0).findFirst().orElseThrow().json();
      var why = lost.path("error").path("name").asText();
      assertTrue(List.of("run_live", "run_ended").contains(why), why);
      refusals += why.equals("run_live") ? 1 : 0;
    }
    System.getLogger("DP10")
        .log(
            System.Logger.Level.INFO,
            "{0} dead owners, one successor each; {1} times the other met a live one",
            Proof.rounds(5, 100),
            refusals);
  }

  @Test
  void aStoppedOwnerThatIsRobbedWritesNothingMoreDP10() throws Exception {
    for (int round = 0; round < Proof.rounds(5, 100); round++) {
      var running = begin();
      var run = theRun().path("run").asText();
      signal("STOP", running.process().pid());

      answers = true;
      var thief = mimo.run("runs", "resume", run, "--steal", "--json");
      answers = false;
      assertEquals(0, thief.exit(), thief.err());
      var written = mimo.run("runs", "show", run, "--format", "stream-json").out();
      signal("CONT", running.process().pid());
      signal("INT", running.process().pid());
      var robbed = running.await();

      assertTrue(robbed.exit() != 0, robbed.out());
      assertEquals(written, mimo.run("runs", "show", run, "--format", "stream-json").out());
      assertEquals("completed", theRun().path("status").asText());
    }
    System.getLogger("DP10")
        .log(
            System.Logger.Level.INFO,
            "{0} stopped owners robbed, 0 stale appends",
            Proof.rounds(5, 100));
  }
}
