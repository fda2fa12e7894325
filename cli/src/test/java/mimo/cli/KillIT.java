package mimo.cli;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mimo.agent.testing.ChatScript;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.cli.testing.BuiltMimo;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real `kill -9` of the built program in the middle of a run of 200 agents (D21, DP2, S22, S23).
final class KillIT {

  private static final int AGENTS = 200;
  private static final int INSTANTS = 20;
  private static final long REPLY_MILLIS = 60;
  private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(2);

  private static final String SCRIPT =
      """
      export const meta = { name: 'many', description: 'asks many agents' };
      const numbers = Array.from({ length: %d }, (_, i) => i);
      const ask = (i) => agent(`number ${i}.`, { label: `${i}` });
      return await parallel(numbers.map((i) => () => ask(i)));
      """
          .formatted(AGENTS);

  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private @TempDir Path temp;
  private FakeModelServer server;
  private BuiltMimo mimo;

  @BeforeEach
  void startServer() throws IOException {
    server = FakeModelServer.start(this::answer);
    Files.writeString(temp.resolve("many.js"), SCRIPT);
    var configuration =
        """
        {"provider": {"test": {"options": {"baseURL": "%s", "apiKey": "test-key-0001"}}}}
        """
            .formatted(server.baseUrl());
    mimo = new BuiltMimo(temp.resolve("home"), temp, configuration);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private FakeReply answer(JsonNode request) {
    var prompt = request.path("messages").path(1).path("content").asText();
    asked.computeIfAbsent(prompt, _ -> new AtomicInteger()).incrementAndGet();
    return ChatScript.inChunksOf(40)
        .text("answer to " + prompt)
        .finish("stop")
        .usage(10, 5)
        .done()
        .with(0, new FakeReply.Piece.Delay(REPLY_MILLIS));
  }

  private static String prompt(int number) {
    return "number " + number + ".";
  }

  private static List<String> expected() {
    return IntStream.range(0, AGENTS).mapToObj(i -> "answer to " + prompt(i)).toList();
  }

  private static List<String> result(JsonNode outcome) {
    var texts = new ArrayList<String>();
    outcome.path("result").forEach(answer -> texts.add(answer.asText()));
    return texts;
  }

  private BuiltMimo.Running begin() {
    return mimo.start("compose", "many.js", "--model", "test/m", "--concurrency", "20", "--json");
  }

  @Test
  void resumesAfterKillAtRandomInstantsWithoutAskingAnyAgentTwice() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    long working = millisOfWork();
    int cutShort = 0;
    for (int instant = 0; instant < INSTANTS; instant++) {
      var when = "seed " + seed + ", instant " + instant;
      asked.clear();
      var before = runs();
      var running = begin();
      awaitRequests(1);
      TimeUnit.MILLISECONDS.sleep(random.nextLong(working));
      assertGone(running.killAlone(), when);
      var run = theOnly(difference(runs(), before), when);
      cutShort += state(run) instanceof RunState.Interrupted ? 1 : 0;
      assertResumes(run, when);
    }
    System.getLogger("KillIT")
        .log(Level.INFO, "{0} kills, {1} in the middle, 0 lost, 0 repeated", INSTANTS, cutShort);
    assertTrue(cutShort > INSTANTS / 2, "only " + cutShort + " kills hit a run; seed " + seed);
  }

  /// From the first request to the last, in a run that nobody disturbs.
  private long millisOfWork() throws InterruptedException {
    var running = begin();
    awaitRequests(1);
    long start = System.nanoTime();
    awaitRequests(AGENTS);
    long end = System.nanoTime();
    var ended = running.await();
    assertEquals(0, ended.exit(), ended.err());
    assertEquals(expected(), result(ended.json()));
    return Duration.ofNanos(end - start).toMillis();
  }

  private void awaitRequests(int count) throws InterruptedException {
    while (asked.size() < count) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static RunId theOnly(Set<RunId> begun, String when) {
    assertEquals(1, begun.size(), when);
    return begun.iterator().next();
  }

  private void assertResumes(RunId run, String when) throws InterruptedException {
    var completed = completedAgents(run);
    var askedBefore =
        completed.stream()
            .collect(Collectors.toMap(label -> label, label -> count(Integer.parseInt(label))));
    if (state(run) instanceof RunState.Interrupted) {
      var ended = mimo.run("runs", "resume", run.value(), "--json");
      assertEquals(0, ended.exit(), when + "\n" + ended.err());
      assertEquals(expected(), result(ended.json()), when);
    }
    assertEquals(new RunState.Completed(0), state(run), when);
    for (var label : completed) {
      assertEquals(
          askedBefore.get(label), count(Integer.parseInt(label)), when + ": asked again " + label);
    }
    assertEquals(List.of(), server.problems(), when);
  }

  private int count(int number) {
    var times = asked.get(prompt(number));
    return times == null ? 0 : times.get();
  }

  private Set<String> completedAgents(RunId run) {
    var events = reading(reader -> reader.events(run));
    var labels = new HashMap<Integer, String>();
    var completed = new HashSet<String>();
    for (var event : events) {
      if (event instanceof RunEvent.StepScheduled step) {
        labels.put(step.seq(), step.label());
      } else if (event instanceof RunEvent.StepCompleted step) {
        completed.add(labels.get(step.seq()));
      }
    }
    return completed;
  }

  private Set<RunId> runs() {
    return reading(reader -> reader.list().stream().map(RunSummary::id).collect(toSet()));
  }

  private RunState state(RunId run) {
    return reading(reader ->
        reader.list().stream()
            .filter(line -> line.id().equals(run))
            .map(RunSummary::state)
            .findFirst()
            .orElseThrow());
  }

  /// Asks the store as any other process may, also while a run is at work.
  private <T> T reading(Function<Engine, T> question) {
    var ports =
        new EnginePorts(
            new SqliteJournal(temp.resolve("home/data")),
            Map.of(),
            new Scheduler(Map.of()),
            key -> new SecretRedactor(new LiveValues(List.of()), key),
            InstantSource.system(),
            new Random());
    try (var reader = new Engine(ports)) {
      return question.apply(reader);
    }
  }

  private static Set<RunId> difference(Set<RunId> all, Set<RunId> known) {
    var rest = new HashSet<>(all);
    rest.removeAll(known);
    return rest;
  }

  private static void assertGone(List<ProcessHandle> descendants, String when)
      throws InterruptedException {
    long deadline = System.nanoTime() + ORPHAN_PATIENCE.toNanos();
    while (System.nanoTime() < deadline && descendants.stream().anyMatch(KillIT::runs)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertEquals(
        List.of(),
        descendants.stream().filter(KillIT::runs).map(ProcessHandle::pid).toList(),
        when + ": orphans");
  }

  /// A killed process that nobody has asked for its exit code yet runs no more.
  private static boolean runs(ProcessHandle process) {
    var status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      return process.isAlive() && !Files.readString(status).contains("State:\tZ");
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  void killingTheWorkerAloneFailsTheRunWithATypedErrorAndLeavesItResumable() throws Exception {
    var running = begin();
    var worker = awaitWorker(running.process().toHandle());
    awaitRequests(AGENTS / 4);

    worker.destroyForcibly();
    var ended = running.await();

    assertEquals(1, ended.exit(), ended.err());
    assertEquals("worker_died", ended.json().path("error").path("name").asText());
    var run = new RunId(ended.json().path("run").asText());
    assertEquals(new RunState.Interrupted(), state(run));
    assertResumes(run, "after the worker was killed");
    assertFalse(worker.isAlive());
  }

  /// The worker's JVM: the descendant that runs the worker's main class, inside its wrapper or not.
  private static ProcessHandle awaitWorker(ProcessHandle mimo) throws InterruptedException {
    while (mimo.isAlive()) {
      var worker =
          mimo.descendants()
              .filter(process -> process.info().command().orElse("").endsWith("java"))
              .findFirst();
      if (worker.isPresent()) {
        return worker.get();
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    throw new IllegalStateException("mimo ended before its worker was seen");
  }
}
