package mimo.agent.goal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import mimo.agent.AgentEvent;
import mimo.agent.TurnOutcome;
import mimo.agent.session.GoalFact.State;
import mimo.engine.CancellationToken;
import mimo.engine.SessionId;
import mimo.engine.journal.sqlite.SqliteJournal;
import mimo.engine.testing.TestJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An agent that stops too early three times: with a goal, without one, and in a process that is
/// killed while its goal is judged.
@Timeout(120)
final class KilledGateTest {

  private static final TurnOutcome DONE = new TurnOutcome.Answered("\"all pass\"");

  @TempDir Path folder;

  private SqliteJournal store() {
    return new SqliteJournal(folder.resolve("store"));
  }

  @Test
  void withoutAGoalAnAgentThatIsHastyEndsShort() throws Exception {
    var stage = HastyAgent.stage(folder, _ -> {});
    try (var sessions = stage.sessions(this::store);
        var session = sessions.create("{}")) {
      var conversation = stage.conversation(session);

      assertEquals(DONE, stage.ask(conversation, HastyAgent.WORK));
      assertEquals(List.of("3 of 12 tests passed"), printed(stage));
    }
  }

  @Test
  void withAGoalItIsSentBackUntilAllIsDoneG7() throws Exception {
    var stage = HastyAgent.stage(folder, _ -> {});
    try (var sessions = stage.sessions(this::store);
        var session = sessions.create("{}")) {
      var conversation = stage.conversation(session);
      GoalStage.pursue(conversation, GoalKillTest.CHECKED);

      assertEquals(DONE, stage.ask(conversation, HastyAgent.WORK));
      assertEquals(State.MET, conversation.goal().state());
      assertEquals(HastyAgent.EARLY, conversation.goal().reentries());
      assertEquals("12 of 12 tests passed", printed(stage).getLast());
    }
  }

  private static int count(List<String> steps, String step) {
    return Collections.frequency(steps, step);
  }

  /// What its tool has printed.
  private static List<String> printed(GoalStage stage) {
    return stage.events.stream()
        .filter(AgentEvent.ToolEnd.class::isInstance)
        .map(event -> ((AgentEvent.ToolEnd) event).answer().text())
        .toList();
  }

  /// The process is ended by the operating system while it is in the step.
  private SessionId killed(String step, int time) throws Exception {
    var process =
        TestJvm.of(HastyAgent.class, folder.toString(), step, String.valueOf(time))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      var id = new SessionId(Objects.requireNonNull(output.readLine()));
      assertEquals("there", output.readLine());
      process.destroyForcibly().waitFor();
      return id;
    }
  }

  /// Each step, at the first, the third and the last time the gate is there.
  @ParameterizedTest
  @CsvSource({
    "begins,1,0", "checks,1,0", "judges,1,0", "has ruled,1,1",
    "begins,3,2", "checks,3,2", "judges,3,2", "has ruled,3,3",
    "begins,4,3", "checks,4,3", "judges,4,3", "has ruled,4,3"
  })
  void aGateThatIsKilledGoesOnWithItsGoalAndCounterG8(String step, int time, int counted)
      throws Exception {
    var id = killed(step, time);
    var steps = Collections.synchronizedList(new ArrayList<String>());
    var stage = HastyAgent.stage(folder, steps::add);

    try (var sessions = stage.sessions(this::store);
        var session = sessions.open(id)) {
      var conversation = stage.conversation(session);
      var before = conversation.goal();
      assertEquals(counted, before.reentries());

      assertEquals(DONE, conversation.goOn(CancellationToken.never(), _ -> {}));
      assertEquals(State.MET, conversation.goal().state());
      assertEquals(HastyAgent.EARLY, conversation.goal().reentries());
      assertEquals(before.goal(), conversation.goal().goal());
      // Nothing that is written down is asked for again.
      int gates = HastyAgent.EARLY + 1 - time;
      boolean ruled = step.equals("has ruled");
      assertEquals(gates + (ruled || step.equals("judges") ? 0 : 1), count(steps, "checks"));
      assertEquals(gates + (ruled ? 0 : 1), count(steps, "judges"));
    }
  }
}
