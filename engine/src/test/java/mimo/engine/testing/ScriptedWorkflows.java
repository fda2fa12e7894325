package mimo.engine.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import mimo.engine.Delivery;
import mimo.engine.RunScope;
import mimo.engine.StepOutcome;
import mimo.engine.Workflow;
import mimo.engine.WorkflowResult;

/// Workflows written in Java, for tests. Each returns a text that shows everything it observed:
/// values, their order, the clock and what was spent.
public final class ScriptedWorkflows {

  private static final int MOVES = 12;

  private ScriptedWorkflows() {}

  /// Asks for `steps` agents, one after the other.
  public static Workflow sequential(int steps) {
    return scope -> {
      var seen = new ArrayList<String>();
      for (var i = 0; i < steps; i++) {
        scope.schedule(TestBench.agent("s" + i));
        take(scope, seen);
      }
      return finished(scope, seen);
    };
  }

  /// Asks for `steps` agents at once, and takes them as they come.
  public static Workflow fanOut(int steps) {
    return scope -> {
      var seen = new ArrayList<String>();
      for (var i = 0; i < steps; i++) {
        scope.schedule(TestBench.agent("f" + i));
      }
      while (scope.openSteps() > 0) {
        take(scope, seen);
      }
      return finished(scope, seen);
    };
  }

  /// Phases, logs, two waves of agents; what the second asks for depends on the order in which the
  /// first came back. Labels with `bad` are meant to fail.
  public static Workflow mixed(int width) {
    return scope -> {
      var seen = new ArrayList<String>();
      scope.enterPhase("gather");
      for (var i = 0; i < width; i++) {
        scope.schedule(TestBench.agent(i % 3 == 2 ? "bad" + i : "m" + i));
      }
      scope.log("asked for " + width);
      while (scope.openSteps() > 0) {
        for (var delivery : takeAll(scope, seen)) {
          if (delivery.seq() <= width) {
            scope.log("step " + delivery.seq() + " came");
            scope.schedule(TestBench.agent("after" + delivery.seq()));
          }
        }
      }
      scope.enterPhase("done");
      return finished(scope, seen);
    };
  }

  /// Asks, waits, logs and enters phases as the dice of its seed and what it saw until then tell it
  /// to, and may end before its last agent does. Labels with `bad` are meant to fail.
  public static Workflow drawn(long seed) {
    return scope -> {
      var dice = new Random(seed);
      var seen = new ArrayList<String>();
      for (int move = 0; move < MOVES; move++) {
        move(scope, dice, move, seen);
      }
      while (scope.openSteps() > dice.nextInt(2)) {
        takeAll(scope, seen);
      }
      return finished(scope, seen);
    };
  }

  private static void move(RunScope scope, Random dice, int move, List<String> seen)
      throws InterruptedException {
    switch (dice.nextInt(6)) {
      case 0, 1, 2 -> {
        var luck = dice.nextInt(4) == 0 ? "bad" : "good";
        var course = Math.floorMod(seen.hashCode(), 100);
        scope.schedule(TestBench.agent(luck + move + "-" + course));
      }
      case 3 -> scope.log("move " + move + " after " + seen.size());
      case 4 -> scope.enterPhase("phase " + move);
      default -> {
        if (scope.openSteps() > 0) {
          takeAll(scope, seen);
        }
      }
    }
  }

  private static Delivery take(RunScope scope, List<String> seen) throws InterruptedException {
    return takeAll(scope, seen).getFirst();
  }

  private static List<Delivery> takeAll(RunScope scope, List<String> seen)
      throws InterruptedException {
    var deliveries = scope.awaitDeliveries();
    deliveries.forEach(delivery -> seen.add(text(delivery)));
    return deliveries;
  }

  private static String text(Delivery delivery) {
    var outcome =
        switch (delivery.outcome()) {
          case StepOutcome.Completed(var value) -> value;
          case StepOutcome.Failed(var code, var message) -> code + ": " + message;
        };
    return delivery.seq() + " " + outcome + " " + delivery.clock() + " " + delivery.spent();
  }

  private static WorkflowResult finished(RunScope scope, List<String> seen) {
    var result = new TreeMap<String, Object>();
    result.put("seen", seen);
    result.put("seed", scope.seed());
    result.put("startedAt", scope.startedAt());
    return new WorkflowResult.Finished(
        "\"" + result.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"", List.of());
  }
}
