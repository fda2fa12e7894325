package mimo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import mimo.agent.testing.ChatScript;
import mimo.agent.testing.FakeModelServer;
import mimo.agent.testing.FakeReply;
import mimo.cli.testing.BuiltMimo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The built program at a provider that refuses its key (L123, D73).
final class ParkingIT {

  private static final int AGENTS = 50;
  private static final int CONCURRENCY = 8;
  private static final String SCRIPT =
      """
      export const meta = { name: 'many', description: 'asks many agents' };
      const numbers = Array.from({ length: %d }, (_, i) => i);
      return await parallel(numbers.map((i) => () => agent(`number ${i}.`, { label: `${i}` })));
      """
          .formatted(AGENTS);

  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile boolean mended;
  private @TempDir Path temp;

  /// Until the key is mended, the first request is refused and the others get no answer.
  private FakeReply answer(JsonNode request) {
    var number = asked.incrementAndGet();
    var good = ChatScript.inChunksOf(40).text("fine").finish("stop").usage(10, 5).done();
    if (mended) {
      return good;
    }
    return number == 1
        ? FakeReply.plain(401, "{\"error\":{\"message\":\"bad key\"}}")
        : good.with(0, new FakeReply.Piece.Hold(new CountDownLatch(1), never));
  }

  @Test
  void parksAtTheFirstRefusalAndGoesOnOnceTheKeyIsMendedC68() throws Exception {
    try (var server = FakeModelServer.start(this::answer)) {
      var mimo = mimo(server);

      var parked =
          mimo.run(
              "compose",
              "many.js",
              "--model",
              "test/m",
              "--concurrency",
              "" + CONCURRENCY,
              "--json");
      var run = parked.json().path("run").asText();
      var listed = mimo.run("runs", "list").out();
      var shown = mimo.run("runs", "show", run).out();
      var requests = asked.getAndSet(0);
      mended = true;
      var resumed = mimo.run("runs", "resume", run, "--json");

      assertEquals(1, parked.exit(), parked.err());
      assertEquals("parked", parked.json().path("status").asText());
      assertEquals("MIMO-201", parked.json().path("error").path("number").asText());
      assertEquals(0, parked.json().path("losses").size());
      assertTrue(parked.err().contains("mimo runs resume " + run), parked.err());
      assertTrue(requests <= CONCURRENCY, requests + " requests");
      assertTrue(listed.contains(run + "  parked") && listed.contains("provider_access"), listed);
      assertTrue(shown.contains("mimo runs resume " + run), shown);
      assertEquals(0, resumed.exit(), resumed.err());
      assertEquals(AGENTS, asked.get());
      assertTrue(
          StreamSupport.stream(resumed.json().path("result").spliterator(), false)
              .allMatch(answer -> answer.asText().equals("fine")),
          resumed.out());
    } finally {
      never.countDown();
    }
  }

  /// Until the quota is there again, it is used up.
  private FakeReply quota(JsonNode request) {
    asked.incrementAndGet();
    return mended
        ? ChatScript.inChunksOf(40).text("fine").finish("stop").usage(10, 5).done()
        : FakeReply.plain(429, "{\"error\":{\"message\":\"slow down\"}}")
            .withHeader("Retry-After", "3600");
  }

  @Test
  void waitsForTheEndOfAUsageLimitAndAsksOnceWhetherItIsOverD54D73() throws Exception {
    try (var server = FakeModelServer.start(this::quota)) {
      var mimo = mimo(server);

      var parked =
          mimo.run("compose", "many.js", "--model", "test/m", "--concurrency", "1", "--json");
      var run = parked.json().path("run").asText();
      int first = asked.getAndSet(0);
      var again = mimo.run("runs", "resume", run, "--set", "concurrency=" + CONCURRENCY);
      int second = asked.getAndSet(0);
      mended = true;
      var resumed = mimo.run("runs", "resume", run);

      assertEquals(75, parked.exit(), parked.err());
      assertTrue(parked.err().contains("MIMO-205 usage_limit"), parked.err());
      assertTrue(parked.err().contains("It asks to wait 3600 s, until 20"), parked.err());
      assertEquals(1, first);
      assertEquals(75, again.exit(), again.err());
      assertEquals(1, second, "eight want to go on, one asks");
      assertEquals(0, resumed.exit(), resumed.err());
      assertEquals(AGENTS, asked.get());
    }
  }

  private BuiltMimo mimo(FakeModelServer server) throws Exception {
    Files.writeString(temp.resolve("many.js"), SCRIPT);
    var configuration =
        """
        {"provider": {"test": {"options": {"baseURL": "%s", "apiKey": "test-key-0001"}}}}
        """
            .formatted(server.baseUrl());
    return new BuiltMimo(temp.resolve("home"), temp, configuration);
  }
}
