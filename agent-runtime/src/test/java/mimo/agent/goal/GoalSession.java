package mimo.agent.goal;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.util.List;
import mimo.agent.AgentEvent;
import mimo.agent.Conversation;
import mimo.agent.TurnOutcome;
import mimo.agent.session.GoalFact;
import mimo.agent.session.GoalFact.Tests;
import mimo.engine.session.OwnSession;
import mimo.engine.session.Sessions;
import mimo.engine.testing.InMemoryJournal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A session in which an agent works towards a goal.
abstract class GoalSession {

  static final Goal PASS = Goal.ofUser("the tests pass", List.of(), Tests.GUARDED);
  static final Goal CHECKED =
      Goal.ofUser("the tests pass", List.of("out.txt says green"), Tests.GUARDED);
  static final TurnOutcome DONE = new TurnOutcome.Answered("\"done\"");

  @TempDir Path folder;
  GoalStage stage;
  private Sessions sessions;
  OwnSession session;
  Conversation conversation;

  @BeforeEach
  void open() throws Exception {
    stage = new GoalStage(folder);
    var disk = new InMemoryJournal.Disk();
    sessions = stage.sessions(() -> new InMemoryJournal(disk, Integer.MAX_VALUE));
    session = sessions.create("{}");
    conversation = stage.conversation(session);
  }

  @AfterEach
  void close() {
    session.close();
    sessions.close();
  }

  TurnOutcome pursued(Goal goal) throws Exception {
    GoalStage.pursue(conversation, goal);
    return stage.ask(conversation, "make them pass");
  }

  GoalFact.Ruled last() {
    return stage.events.stream()
        .filter(AgentEvent.GoalEnd.class::isInstance)
        .map(event -> ((AgentEvent.GoalEnd) event).ruled())
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  static TurnOutcome.Failed failed(TurnOutcome outcome) {
    return assertInstanceOf(TurnOutcome.Failed.class, outcome);
  }
}
