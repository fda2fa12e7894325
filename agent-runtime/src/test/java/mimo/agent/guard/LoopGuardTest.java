package mimo.agent.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import mimo.agent.message.Content.ToolCall;
import mimo.agent.message.Message;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.tool.SpillFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A58, S80.
final class LoopGuardTest {

  private static final int HONEST_TRACES = 100;

  private final LoopGuard guard = new LoopGuard();

  private static ToolCall call(String tool, String arguments) {
    return new ToolCall("c", tool, arguments);
  }

  private static ToolAnswer answer(String text) {
    return new ToolAnswer("c", text, Message.Status.OK);
  }

  private boolean finds(String tool, String arguments, String answer) {
    return guard.seen(call(tool, arguments), answer(answer)).isPresent();
  }

  @Test
  void findsBlocksOfEveryLengthAtTheirThirdRepetition() {
    for (int period = 1; period <= 10; period++) {
      var fresh = new LoopGuard();
      var found = new ArrayList<Integer>();
      for (int i = 0; i < 3 * period; i++) {
        var number = i;
        fresh
            .seen(call("read", "{\"at\":" + i % period + "}"), answer("text"))
            .ifPresent(_ -> found.add(number));
      }

      assertEquals(List.of(3 * period - 1), found, "period " + period);
    }
  }

  @Test
  void comparesArgumentsByWhatTheyMean() {
    assertEquals(false, finds("read", "{\"a\":1,\"b\":2}", "x"));
    assertEquals(false, finds("read", "{\"b\":2, \"a\":1.0}", "x"));
    assertEquals(true, finds("read", "{ \"a\":1, \"b\":2 }", "x"));
  }

  @Test
  void letsWhoeverWaitsAskThirtyTimes() {
    var found = new ArrayList<Integer>();
    for (int i = 1; i <= 30; i++) {
      if (finds("job", "{}", i + " % done")) {
        found.add(i);
      }
    }

    assertEquals(List.of(30), found);
  }

  @Test
  void letsWhoeverWaitsInSilenceWaitThirtyTimesTooLG3() {
    for (var waiting :
        List.of(
            List.of("workflow", "{\"action\":\"wait\"}", "After 600 s still at work: r1"),
            List.of("agent", "{\"action\":\"status\",\"id\":\"A1\"}", "A1 works"),
            List.of("bash", "{\"job\":\"j1\"}", "(j1 is running)"))) {
      var fresh = new LoopGuard();
      var found = new ArrayList<Integer>();
      for (int i = 1; i <= 30; i++) {
        var call = call(waiting.get(0), waiting.get(1));
        if (fresh.seen(call, answer(waiting.get(2))).isPresent()) {
          found.add(i);
        }
      }

      assertEquals(List.of(30), found, waiting.toString());
    }
  }

  @Test
  void whoeverKeepsAskingForWhatIsNotThereIsNotWaitingLG1() {
    var found = new ArrayList<Integer>();
    for (int i = 1; i <= 3; i++) {
      var gone = new ToolAnswer("c", "there is no job 'j1'", Message.Status.ERROR);
      if (guard.seen(call("bash", "{\"job\":\"j1\"}"), gone).isPresent()) {
        found.add(i);
      }
    }

    assertEquals(List.of(3), found);
  }

  @Test
  void outputsThatAreTooLongAreTheSameWhereverAllOfThemIsLG1(@TempDir Path temp) {
    var files = new SpillFiles(temp.resolve("outputs"), InstantSource.system(), text -> text);
    var found = new ArrayList<Integer>();
    for (int i = 1; i <= 3; i++) {
      var collector = files.collector();
      var output = "a line\n".repeat(20_000).getBytes(UTF_8);
      collector.add(output, 0, output.length);
      if (finds("bash", "{\"command\":\"make\"}", collector.finish().text())) {
        found.add(i);
      }
    }

    assertEquals(List.of(3), found);
  }

  @Test
  void saysWhatGoesRound() {
    finds("edit", "{}", "a");
    for (int i = 0; i < 2; i++) {
      finds("read", "{}", "x");
      finds("bash", "{}", "y");
    }
    finds("read", "{}", "x");

    var told = guard.seen(call("bash", "{}"), answer("y"));

    assertEquals(
        "the same block of 2 calls (read, bash) 3 times with the same result", told.orElseThrow());
  }

  @Test
  void staysQuietWhileWorkGoesOn() {
    int alarms = 0;
    for (long seed = 0; seed < HONEST_TRACES; seed++) {
      if (alarms(new Random(seed)) > 0) {
        alarms++;
      }
    }

    System.out.printf("A58: %d honest traces, %d false alarms%n", HONEST_TRACES, alarms);
    assertTrue(alarms <= HONEST_TRACES / 100, alarms + " alarms");
  }

  /// Two hundred calls of one who reads, edits, builds and looks again, as tests get green, and
  /// waits for others now and then.
  private static int alarms(Random random) {
    var guard = new LoopGuard();
    int alarms = 0;
    int version = 0;
    int failing = 20;
    int file = 0;
    for (int i = 0; i < 200; i++) {
      // Who has just read a file does not read it again at once.
      file = (file + 1 + random.nextInt(7)) % 8;
      var seen =
          switch (random.nextInt(6)) {
            case 0, 1 ->
                guard.seen(
                    call("read", "{\"file_path\":\"" + file + "\"}"), answer(file + "@" + version));
            case 2 ->
                guard.seen(
                    call("grep", "{\"pattern\":\"p" + random.nextInt(30) + "\"}"),
                    answer("matches " + version));
            case 3 -> {
              version++;
              yield guard.seen(
                  call("edit", "{\"old\":\"" + version + "\"}"), answer("edited " + version));
            }
            case 4 -> {
              var waited = Optional.<String>empty();
              for (int times = random.nextInt(6); times >= 0 && waited.isEmpty(); times--) {
                waited =
                    guard.seen(
                        call("workflow", "{\"action\":\"wait\"}"),
                        answer("After 600 s still at work: r1"));
              }
              yield waited;
            }
            default -> {
              failing = Math.max(0, failing - random.nextInt(2));
              yield guard.seen(
                  call("bash", "{\"command\":\"mvn test\"}"),
                  answer(failing + " fail in " + random.nextInt(9_000) + " ms"));
            }
          };
      alarms += seen.isPresent() ? 1 : 0;
    }
    return alarms;
  }
}
