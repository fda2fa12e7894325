package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import mimo.agent.provider.ModelRequest;
import mimo.agent.rebuild.MemoryKnowledge;
import mimo.agent.session.SessionFact.Rebuilt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an agent knows after its conversation was rebuilt, again and again (C1, C2).
@Timeout(120)
final class ContinuityTest {

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
