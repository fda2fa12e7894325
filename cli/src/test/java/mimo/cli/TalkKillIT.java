package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import mimo.agent.testing.ChatScript;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.cli.testing.BuiltMimo;
import mimo.engine.testing.Proof;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `mimo run` as the built program: killed, interrupted, and met by another process (A13, A14,
/// A70).
@Timeout(600)
final class TalkKillIT {

  private static final int TURNS = 40;
  private static final long REPLY_MILLIS = 20;
  private static final int FIRST_REQUEST_BYTES = 10 * 1024;
  private static final long INTERRUPT_SECONDS = 6;

  /// How many results each request told of.
  private final List<Integer> asked = Collections.synchronizedList(new ArrayList<>());

  private final Semaphore arrived = new Semaphore(0);
  private volatile CountDownLatch open = new CountDownLatch(0);

  private @TempDir Path temp;
  private FakeModelServer server;
  private BuiltMimo mimo;

  @BeforeEach
  void startServer() throws IOException {
    server = FakeModelServer.start(this::answer);
    Files.writeString(temp.resolve("a.txt"), "first\n");
    var configuration =
        """
        {"provider": {"test": {"options": {"baseURL": "%s", "apiKey": "test-key-0001"}}}}
        """
            .formatted(server.baseUrl());
    mimo = new BuiltMimo(temp.resolve("home"), temp, configuration);
  }

  @AfterEach
  void stopServer() {
    open.countDown();
    server.close();
  }

  private FakeReply answer(JsonNode request) {
    int results = 0;
    for (var message : request.path("messages")) {
      results += message.path("role").asText().equals("tool") ? 1 : 0;
    }
    asked.add(results);
    arrived.release();
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var reply = ChatScript.inChunksOf(40).text("Result " + results + ".");
    var whole =
        results >= TURNS
            ? reply.finish("stop")
            : reply
                // Another call each time: the same one again and again would be a circle.
                .toolCall(
                    "c" + results,
                    "read",
                    "{\"file_path\":\"a.txt\",\"limit\":" + (results + 1) + "}")
                .finish("tool_calls");
    return whole.usage(10, 5).done().with(0, new FakeReply.Piece.Delay(REPLY_MILLIS));
  }

  @Test
  void goesOnAfterAKillWithoutRunningWhatHasAResultA13() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    int rounds = Proof.rounds(3, 50);
    int cutShort = 0;
    for (int round = 0; round < rounds; round++) {
      var when = "seed " + seed + ", round " + round;
      asked.clear();
      arrived.drainPermits();
      var running = mimo.start("run", "read it again", "--model", "test/m", "--json");
      arrived.acquire(1 + random.nextInt(TURNS - 1));
      TimeUnit.MILLISECONDS.sleep(random.nextLong(2 * REPLY_MILLIS));
      running.killAlone();
      int before = asked.size();

      var ended = mimo.run("run", "--continue", "--model", "test/m", "--json");

      if (ended.exit() == 0) {
        cutShort++;
        assertEquals("Result " + TURNS + ".", ended.json().path("text").asText(), when);
        assertTrue(asked.get(before) >= before - 1, when + ": " + asked);
        assertEquals(TURNS, results(ended.json().path("session").asText()), when);
      } else {
        assertTrue(ended.err().contains("nothing to go on with"), when + ": " + ended.err());
      }
      assertEquals(List.of(), server.problems(), when);
    }
    System.getLogger("TalkKillIT")
        .log(Level.INFO, "{0} kills, {1} in the middle of a turn", rounds, cutShort);
    assertTrue(cutShort > rounds / 2, "only " + cutShort + " kills hit a turn; seed " + seed);
  }

  /// How many results a session holds; each of another call.
  private int results(String session) throws InterruptedException {
    var calls = new HashSet<String>();
    for (var entry : mimo.run("sessions", "show", session, "--format", "stream-json").lines()) {
      if (entry.path("type").asText().equals("tool_result")) {
        assertTrue(calls.add(entry.path("data").path("call").asText()), entry.toString());
      }
    }
    return calls.size();
  }

  @Test
  void aSecondProcessIsRefusedAndOfferedAForkA14() throws Exception {
    mimo.run("run", "one", "--model", "offline");
    var session = mimo.run("sessions", "list").out().substring(0, 12);
    open = new CountDownLatch(1);
    var running = mimo.start("run", "--session", session, "two", "--model", "test/m");
    arrived.acquire();

    var refused = mimo.run("run", "--session", session, "three", "--model", "offline");

    assertEquals(1, refused.exit(), refused.err());
    assertTrue(
        refused
            .err()
            .startsWith(
                "MIMO-501 session_locked: session "
                    + session
                    + " is in use by process "
                    + running.process().pid()),
        refused.err());
    assertTrue(refused.err().contains("mimo run --session " + session + " --fork"), refused.err());
    assertTrue(mimo.run("sessions", "list").out().contains(session + "  open"));
    var fork = mimo.run("run", "--session", session, "--fork", "three", "--model", "offline");
    assertEquals(0, fork.exit(), fork.err());
    open.countDown();
    running.await();
  }

  @Test
  void anInterruptEndsItWithinSixSecondsAndItCanGoOnA70() throws Exception {
    open = new CountDownLatch(1);
    var running = mimo.start("run", "work", "--model", "test/m");
    arrived.acquire();
    long start = System.nanoTime();

    running.process().toHandle().destroy();
    var ended = running.await();

    assertEquals(130, ended.exit(), ended.err());
    assertTrue(ended.err().contains("MIMO-523 turn_interrupted"), ended.err());
    long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    assertTrue(took <= INTERRUPT_SECONDS, took + " s");
    open.countDown();
    assertEquals(0, mimo.run("run", "--continue", "--model", "test/m").exit());
  }

  @Test
  void theFirstRequestIsSmallA35() throws Exception {
    open = new CountDownLatch(0);
    mimo.run("run", "x", "--model", "test/m", "--max-turns", "1");

    var body = server.captured().getFirst().body().toString().getBytes(StandardCharsets.UTF_8);

    System.getLogger("TalkKillIT").log(Level.INFO, "first request: {0} bytes", body.length);
    assertTrue(body.length <= FIRST_REQUEST_BYTES, body.length + " bytes");
    assertFalse(server.captured().getFirst().body().path("tools").isEmpty());
  }
}
