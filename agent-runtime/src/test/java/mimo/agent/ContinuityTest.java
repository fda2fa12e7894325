package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import mimo.agent.provider.ModelRequest;
import mimo.agent.rebuild.MemoryKnowledge;
import mimo.agent.rebuild.Moment;
import mimo.agent.session.ConversationSoFar;
import mimo.agent.session.SessionFact.Rebuilt;
import mimo.engine.EngineException.StoreFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an agent knows after its conversation was rebuilt, again and again (C1, C2).
@Timeout(120)
final class ContinuityTest {

  /// Where it is stopped, and goes on.
  private static final int HALF = 60;

  private static final int STOPS = 6;

  @TempDir private Path folder;
  private LongTask task;

  @BeforeEach
  void makeTask() {
    task = new LongTask(folder).knowing(MemoryKnowledge::new);
  }

  @AfterEach
  void closeTask() {
    task.close();
  }

  @Test
  void afterEachRebuildEveryFactIsThereOrFoundByOneSearchC1() throws Exception {
    var rebuilt = new ArrayList<ModelRequest>();
    var missing = new ArrayList<String>();
    var life = task.new Life(Integer.MAX_VALUE);
    task.watchedBy(request -> check(life, request, rebuilt, missing));

    life.turns(LongTask.TURNS);

    assertTrue(LongTask.TURNS >= 200);
    assertTrue(rebuilt.size() >= 6, rebuilt.size() + " rebuilds");
    assertTrue(task.kinds().values().stream().allMatch(count -> count >= 25), task.kinds() + "");
    assertEquals(List.of(), missing);
    assertEquals(
        IntStream.rangeClosed(1, LongTask.TURNS).mapToObj(turn -> "step" + turn).toList(),
        task.deeds());
    life.close();
  }

  @Test
  void stoppedHalfWayItGoesOnAsItsTwinThatWasNotC2() throws Exception {
    ConversationSoFar twin;
    try (var life = task.new Life(Integer.MAX_VALUE)) {
      life.turns(HALF);
      twin = life.record.soFar();
    }
    int records = task.records();

    for (int stop = 1; stop <= STOPS; stop++) {
      var other = new LongTask(folder.resolve("stop" + stop)).knowing(MemoryKnowledge::new);
      int cut = records * stop / (STOPS + 1) + stop % 4;
      killedAt(cut, other);
      try (var life = other.new Life(Integer.MAX_VALUE)) {
        life.turns(HALF);
        check("cut " + cut, twin, life.record.soFar());
      }
      assertEquals(task.deeds(), other.deeds(), "cut " + cut);
      other.close();
    }
  }

  /// The power fails: what was not forced is lost.
  private static void killedAt(int cut, LongTask task) throws InterruptedException {
    try (var life = task.new Life(cut)) {
      life.turns(HALF);
    } catch (StoreFailure killed) {
      return;
    }
    throw new AssertionError("it was not killed");
  }

  /// What it is about, what stands open, and what was said: all but the results nobody knows.
  private static void check(String cut, ConversationSoFar twin, ConversationSoFar said) {
    assertEquals(twin.messages().size(), said.messages().size(), cut);
    for (int i = 0; i < twin.messages().size(); i++) {
      var other = said.messages().get(i);
      if (!other.toString().contains("outcome unknown")) {
        assertEquals(twin.messages().get(i), other, cut);
      }
    }
    assertEquals(
        Moment.of(twin.messages(), List.of(), ""), Moment.of(said.messages(), List.of(), ""), cut);
  }

  /// Everything that was said in the turns before is known or found.
  private void check(
      LongTask.Life life, ModelRequest request, List<ModelRequest> rebuilt, List<String> missing) {
    var count = life.record.facts().stream().filter(Rebuilt.class::isInstance).count();
    if (count == rebuilt.size()) {
      return;
    }
    rebuilt.add(request);
    int turn = life.record.asked().size();
    for (var fact : task.allFacts()) {
      try {
        if (fact.turn() < turn && !task.knows(request, fact)) {
          missing.add("rebuild " + count + ", turn " + turn + ": " + fact);
        }
      } catch (InterruptedException stopped) {
        throw new AssertionError(stopped);
      }
    }
  }
}
