package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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

/// Real `kill -9` of the built program in the middle of one agent of many turns (DP3, A13).
@Timeout(600)
final class SessionKillIT {

  private static final int TURNS = 60;
  private static final long REPLY_MILLIS = 20;

  private static final String SCRIPT =
      """
      export const meta = { name: 'long', description: 'asks one agent that works for long' };
      return await agent('read it again and again');
      """;

  /// How many turns each request had seen.
  private final List<Integer> asked = Collections.synchronizedList(new ArrayList<>());

  private @TempDir Path temp;
  private FakeModelServer server;
  private BuiltMimo mimo;

  @BeforeEach
  void startServer() throws IOException {
    server = FakeModelServer.start(this::answer);
    Files.writeString(temp.resolve("long.js"), SCRIPT);
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
    server.close();
  }

  private FakeReply answer(JsonNode request) {
    int turns = 0;
    for (var message : request.path("messages")) {
      turns += message.path("role").asText().equals("assistant") ? 1 : 0;
    }
    asked.add(turns);
    var reply = ChatScript.inChunksOf(40).text("Turn " + turns + ".");
    var whole =
        turns == TURNS
            ? reply.finish("stop")
            // Another call each time: the same one again and again would be a circle.
            : reply
                .toolCall(
                    "c" + turns, "read", "{\"file_path\":\"a.txt\",\"limit\":" + (turns + 1) + "}")
                .finish("tool_calls");
    return whole.usage(10, 5).done().with(0, new FakeReply.Piece.Delay(REPLY_MILLIS));
  }

  @Test
  void goesOnAfterTheLastToolResultAsItWasKilledDP3() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    int rounds = Proof.rounds(3, 50);
    int cutShort = 0;
    int repeated = 0;
    for (int round = 0; round < rounds; round++) {
      var when = "seed " + seed + ", round " + round;
      asked.clear();
      var running = mimo.start("compose", "long.js", "--model", "test/m", "--json");
      awaitRequests(1 + random.nextInt(TURNS - 1));
      TimeUnit.MILLISECONDS.sleep(random.nextLong(2 * REPLY_MILLIS));
      running.killAlone();
      int before = asked.size();

      var run = mimo.run("runs", "list", "--json").json().path("runs").path(0);
      if (run.path("status").asText().equals("interrupted")) {
        cutShort++;
        var ended = mimo.run("runs", "resume", run.path("run").asText(), "--json");

        assertEquals(0, ended.exit(), when + "\n" + ended.err());
        assertEquals("Turn " + TURNS + ".", ended.json().path("result").asText(), when);
        int requests = asked.size();
        assertTrue(requests <= TURNS + 2, when + ": " + requests + " requests");
        assertTrue(asked.get(before) >= before - 1, when + ": " + asked);
        repeated += requests - TURNS - 1;
      }
      assertEquals(List.of(), server.problems(), when);
    }
    System.getLogger("SessionKillIT")
        .log(
            Level.INFO,
            "{0} kills, {1} in the middle of {2} turns, {3} requests repeated",
            rounds,
            cutShort,
            TURNS,
            repeated);
    assertTrue(cutShort > rounds / 2, "only " + cutShort + " kills hit the agent; seed " + seed);
  }

  private void awaitRequests(int count) throws InterruptedException {
    while (asked.size() < count) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }
}
