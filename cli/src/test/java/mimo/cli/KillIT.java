package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
      const answers = await parallel(numbers.map((i) => () => agent(`number ${i}.`, { label: `${i}` })));
      return answers;
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
    return StreamSupport.texts(outcome.path("result"));
  }

  private BuiltMimo.Running begin() {
    return mimo.start("compose", "many.js", "--model", "test/m", "--concurrency", "20", "--json");
  }

  @Test
  void resumesAfterKillAtRandomInstantsWithoutAskingAnyAgentTwice() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    long whole = millisOfAWholeRun();
    int resumed = 0;
    for (int instant = 0; instant < INSTANTS; instant++) {
      asked.clear();
      var before = runs();
      var running = begin();
      TimeUnit.MILLISECONDS.sleep(100 + random.nextLong(whole));
      assertGone(running.killAlone(), seed);
      var begun = difference(runs(), before);
      if (!begun.isEmpty()) {
        resumed++;
        assertResumes(begun.iterator().next(), "seed " + seed + ", instant " + instant);
      }
    }
    System.getLogger("KillIT")
        .log(System.Logger.Level.INFO, "{0} kills, {1} runs resumed, 0 lost", INSTANTS, resumed);
    assertTrue(resumed > INSTANTS / 2, "only " + resumed + " kills hit a run; seed " + seed);
  }

  private long millisOfAWholeRun() throws InterruptedException {
    long start = System.nanoTime();
    var ended = begin().await();
    assertEquals(0, ended.exit(), ended.err());
    assertEquals(expected(), result(ended.json()));
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  private void assertResumes(String run, String when) throws InterruptedException {
    var completed = completedAgents(run);
    var askedBefore =
        completed.stream()
            .collect(Collectors.toMap(label -> label, label -> count(Integer.parseInt(label))));
    if (status(run).equals("interrupted")) {
      var ended = mimo.run("runs", "resume", run, "--json");
      assertEquals(0, ended.exit(), when + "\n" + ended.err());
      assertEquals(expected(), result(ended.json()), when);
    }
    assertEquals("completed", status(run), when);
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

  private Set<String> completedAgents(String run) throws InterruptedException {
    var events = mimo.run("runs", "show", run, "--format", "stream-json").lines();
    var labels =
        events.stream()
            .filter(event -> event.path("type").asText().equals("step_scheduled"))
            .collect(
                Collectors.toMap(
                    event -> event.path("seq").asInt(), event -> event.path("label").asText()));
    return events.stream()
        .filter(event -> event.path("type").asText().equals("step_completed"))
        .map(event -> labels.get(event.path("seq").asInt()))
        .collect(Collectors.toSet());
  }

  private Set<String> runs() throws InterruptedException {
    var ended = mimo.run("runs", "list", "--json");
    assertEquals(0, ended.exit(), ended.err());
    return StreamSupport.each(ended.json().path("runs"))
        .map(run -> run.path("run").asText())
        .collect(Collectors.toSet());
  }

  private String status(String run) throws InterruptedException {
    return mimo.run("runs", "show", run, "--json").json().path("status").asText();
  }

  private static Set<String> difference(Set<String> all, Set<String> known) {
    var rest = new HashSet<>(all);
    rest.removeAll(known);
    return rest;
  }

  private static void assertGone(List<ProcessHandle> descendants, long seed)
      throws InterruptedException {
    long deadline = System.nanoTime() + ORPHAN_PATIENCE.toNanos();
    while (System.nanoTime() < deadline && descendants.stream().anyMatch(ProcessHandle::isAlive)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertEquals(
        List.of(),
        descendants.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::pid).toList(),
        "orphans; seed " + seed);
  }

  @Test
  void killingTheWorkerAloneFailsTheRunWithATypedErrorAndLeavesItResumable() throws Exception {
    var running = begin();
    var worker = awaitWorker(running.process().toHandle());
    awaitRequests();

    worker.destroyForcibly();
    var ended = running.await();

    assertEquals(1, ended.exit(), ended.err());
    assertEquals("worker_died", ended.json().path("error").path("name").asText());
    var run = ended.json().path("run").asText();
    assertEquals("interrupted", status(run));
    assertResumes(run, "after the worker was killed");
    assertFalse(worker.isAlive());
  }

  private void awaitRequests() throws InterruptedException {
    while (asked.size() < AGENTS / 4) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
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

  /// Streams over JSON arrays.
  private static final class StreamSupport {
    static Stream<JsonNode> each(JsonNode array) {
      return java.util.stream.StreamSupport.stream(array.spliterator(), false);
    }

    static List<String> texts(JsonNode array) {
      return each(array).map(JsonNode::asText).toList();
    }
  }
}
