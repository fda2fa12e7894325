package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mimo.agent.testing.ChatScript;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.cli.testing.BuiltMimo;
import mimo.cli.testing.Orphans;
import mimo.cli.testing.StoreReader;
import mimo.engine.RunId;
import mimo.engine.RunState;
import mimo.engine.testing.Patience;
import mimo.engine.testing.Proof;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Real `kill -9` of the built program in the middle of runs of different shape (D21, DP2, S22,
/// S23).
final class KillIT {

  private static final long REPLY_MILLIS = 60;
  private static final int PARKED = 75;

  /// One after the kill, one after the answer.
  private static final int MOST_RESUMES = 2;

  /// A workflow to kill. The label of each agent is its prompt, and no two are asked the same.
  ///
  /// @param name of its file too
  /// @param agents how many it asks
  /// @param alone how many of them before it needs a person
  /// @param result what it returns, however often it was killed
  record Script(String name, String body, int agents, int alone, List<String> result) {

    String file() {
      return name + ".js";
    }

    String text() {
      return """
      export const meta = { name: '%s', description: 'asks agents' };
      const tell = (prompt) => agent(prompt, { label: prompt });
      """
              .formatted(name)
          + body;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Script AT_ONCE =
      new Script(
          "at-once",
          """
          const numbers = Array.from({ length: 60 }, (_, i) => i);
          return await parallel(numbers.map((i) => () => tell(`number ${i}.`)));
          """,
          60,
          60,
          answers("number", 60).toList());

  private static final Script IN_STAGES =
      new Script(
          "in-stages",
          """
          const numbers = Array.from({ length: 25 }, (_, i) => i);
          const first = (i) => tell(`item ${i}.`);
          return await pipeline(numbers, first, (said) => tell(`more of the ${said}`));
          """,
          50,
          50,
          answers("item", 25).map(said -> "answer to more of the " + said).toList());

  /// Part of [#STEP_BY_STEP].
  private static final Script INNER =
      new Script(
          "inner",
          """
          return await parallel([0, 1, 2, 3, 4, 5].map((i) => () => tell(`inner ${i}.`)));
          """,
          6,
          6,
          answers("inner", 6).toList());

  /// Its agents wait for each other, for a moment, for another workflow and for a person.
  private static final Script STEP_BY_STEP =
      new Script(
          "step-by-step",
          """
          const said = [];
          for (let i = 0; i < 6; i++) said.push(await tell(`turn ${i}.`));
          await sleep(200);
          said.push(...(await workflow({ scriptPath: 'inner.js' })));
          said.push((await approve('Go on?')) ? 'went on' : 'stopped');
          said.push(await tell('the last.'));
          return said;
          """,
          13,
          12,
          Stream.of(
                  answers("turn", 6),
                  INNER.result().stream(),
                  Stream.of("went on", "answer to the last."))
              .flatMap(said -> said)
              .toList());

  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private @TempDir Path temp;
  private FakeModelServer server;
  private BuiltMimo mimo;
  private StoreReader store;

  private static Stream<String> answers(String word, int count) {
    return IntStream.range(0, count).mapToObj(i -> "answer to " + word + " " + i + ".");
  }

  private static List<Script> scripts() {
    return List.of(AT_ONCE, IN_STAGES, STEP_BY_STEP);
  }

  @BeforeEach
  void startServer() throws IOException {
    server = FakeModelServer.start(this::answer);
    for (var script : List.of(AT_ONCE, IN_STAGES, INNER, STEP_BY_STEP)) {
      Files.writeString(temp.resolve(script.file()), script.text());
    }
    var configuration =
        """
        {"provider": {"test": {"options": {"baseURL": "%s", "apiKey": "test-key-0001"}}}}
        """
            .formatted(server.baseUrl());
    mimo = new BuiltMimo(temp.resolve("home"), temp, configuration);
    store = new StoreReader(temp.resolve("home/data"));
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

  private static List<String> result(JsonNode outcome) {
    var texts = new ArrayList<String>();
    outcome.path("result").forEach(answer -> texts.add(answer.asText()));
    return texts;
  }

  private BuiltMimo.Running begin(Script script) {
    return mimo.start(
        "compose", script.file(), "--model", "test/m", "--concurrency", "10", "--json");
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void resumesAfterKillAtRandomInstantsWithoutAskingAnyAgentTwiceDP2(Script script)
      throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    int kills = Proof.rounds(20, 1_667);
    long working = millisOfWork(script);
    int cutShort = 0;
    int askedAgain = 0;
    for (int kill = 0; kill < kills; kill++) {
      var when = script + ", seed " + seed + ", kill " + kill;
      var run = killed(script, random.nextLong(working), when);
      cutShort += store.state(run) instanceof RunState.Interrupted ? 1 : 0;
      assertCompletes(script, run, when);
      askedAgain += asked.values().stream().mapToInt(times -> times.get() - 1).sum();
    }
    System.getLogger("KillIT")
        .log(
            Level.INFO,
            "DP2: {0}: {1} kills, {2} in the middle; 0 results lost, 0 asked for again, {3}"
                + " requests without a result made again",
            script,
            kills,
            cutShort,
            askedAgain);
    assertTrue(cutShort > kills / 2, "only " + cutShort + " kills hit a run; seed " + seed);
  }

  /// From the first request to the last before it needs a person, in a run that nobody disturbs.
  private long millisOfWork(Script script) throws InterruptedException {
    var before = store.runs();
    var running = begin(script);
    awaitRequests(1);
    long start = System.nanoTime();
    awaitRequests(script.alone());
    long end = System.nanoTime();
    var ended = running.await();
    var run = theOnly(difference(store.runs(), before), "undisturbed");
    if (ended.exit() != PARKED) {
      assertEquals(script.result(), result(ended.json()), ended.err());
    }
    assertCompletes(script, run, "undisturbed");
    return Duration.ofNanos(end - start).toMillis();
  }

  /// A run whose process was killed some time after its first request.
  private RunId killed(Script script, long millis, String when) throws InterruptedException {
    asked.clear();
    var before = store.runs();
    var running = begin(script);
    awaitRequests(1);
    TimeUnit.MILLISECONDS.sleep(millis);
    Orphans.assertNone(running.killAlone(), when);
    return theOnly(difference(store.runs(), before), when);
  }

  private void awaitRequests(int count) throws InterruptedException {
    Patience.until(() -> asked.size() >= count);
  }

  private static RunId theOnly(Set<RunId> begun, String when) {
    assertEquals(1, begun.size(), when);
    return begun.iterator().next();
  }

  private static Set<RunId> difference(Set<RunId> all, Set<RunId> known) {
    var rest = new HashSet<>(all);
    rest.removeAll(known);
    return rest;
  }

  /// Resumes a run, and answers what it asks, until it is done. No agent that has a result is asked
  /// again.
  private void assertCompletes(Script script, RunId run, String when) throws InterruptedException {
    for (int more = MOST_RESUMES; more > 0 && !isCompleted(run); more--) {
      if (store.state(run) instanceof RunState.Parked) {
        var answered = mimo.run("runs", "answer", run.value(), "yes");
        assertEquals(0, answered.exit(), when + "\n" + answered.err());
      }
      var before =
          store.completed(run).stream().collect(Collectors.toMap(label -> label, this::count));

      var ended = mimo.run("runs", "resume", run.value(), "--json");

      before.forEach((label, times) -> assertEquals(times, count(label), when + ": " + label));
      if (ended.exit() != PARKED) {
        assertEquals(0, ended.exit(), when + "\n" + ended.err());
        assertEquals(script.result(), result(ended.json()), when);
      }
    }
    assertEquals(new RunState.Completed(0), store.state(run), when);
    assertEquals(script.agents(), asked.size(), when);
    assertEquals(List.of(), server.problems(), when);
  }

  private boolean isCompleted(RunId run) {
    return store.state(run) instanceof RunState.Completed;
  }

  private int count(String prompt) {
    var times = asked.get(prompt);
    return times == null ? 0 : times.get();
  }

  @Test
  void killingTheWorkerAloneFailsTheRunWithATypedErrorAndLeavesItResumable() throws Exception {
    var running = begin(AT_ONCE);
    var worker = awaitWorker(running.process().toHandle());
    awaitRequests(AT_ONCE.agents() / 4);

    worker.destroyForcibly();
    var ended = running.await();

    assertEquals(1, ended.exit(), ended.err());
    assertEquals("worker_died", ended.json().path("error").path("name").asText());
    var run = new RunId(ended.json().path("run").asText());
    assertEquals(new RunState.Interrupted(), store.state(run));
    assertCompletes(AT_ONCE, run, "after the worker was killed");
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
