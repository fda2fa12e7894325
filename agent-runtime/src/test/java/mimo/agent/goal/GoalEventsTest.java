package mimo.agent.goal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import mimo.agent.AgentEvent;
import mimo.agent.AgentEvent.Status;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.GoalFact;
import mimo.agent.session.GoalFact.Checked;
import mimo.agent.session.GoalFact.Ruled;
import mimo.agent.session.GoalFact.State;
import mimo.agent.session.GoalFact.Tests;
import mimo.agent.session.SessionEvents;
import mimo.agent.session.SessionFact;
import mimo.agent.session.SessionFact.Asked;
import mimo.agent.session.SessionFact.TurnEnded;
import mimo.agent.session.SessionFact.TurnStatus;
import mimo.engine.CancellationToken;
import mimo.engine.EngineException;
import mimo.engine.SessionId;
import mimo.engine.testing.InMemoryJournal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How the gate is told to whoever listens, now or later (A11).
@Timeout(60)
final class GoalEventsTest {

  private static final Ruled MET =
      new Ruled(State.MET, "r", List.of(), true, List.of(), 0, 12, null, "m", TokenUsage.NONE, 0L);

  @TempDir Path folder;

  private static List<AgentEvent> events(SessionFact... facts) {
    return SessionEvents.of(List.of(facts));
  }

  private static final Checked CHECKED = new Checked(List.of(), List.of(), List.of());

  private static TurnEnded ended(TurnStatus status) {
    return new TurnEnded(status, null, null, null);
  }

  @Test
  void aGateThatWasInterruptedHasItsEndA11() {
    assertEquals(
        List.of(
            new AgentEvent.AgentStart(""),
            new AgentEvent.GoalStart(),
            new AgentEvent.GoalEnd(Status.ABORTED, null),
            new AgentEvent.AgentEnd(Status.ABORTED, TokenUsage.NONE)),
        events(new Asked("go"), CHECKED, ended(TurnStatus.INTERRUPTED)));
  }

  @Test
  void aVerdictThatComesAfterAnInterruptBelongsToAnAgentA11() {
    var all =
        events(
            new Asked("go"),
            CHECKED,
            ended(TurnStatus.INTERRUPTED),
            MET,
            ended(TurnStatus.ANSWERED));

    assertEquals(
        List.of(
            new AgentEvent.AgentStart(""),
            new AgentEvent.GoalStart(),
            new AgentEvent.GoalEnd(Status.OK, MET),
            new AgentEvent.AgentEnd(Status.OK, TokenUsage.NONE)),
        all.subList(4, all.size()));
  }

  /// Killed after each record in turn: what the first process told of being sent back, the second
  /// does not tell again.
  @Test
  void whatSentTheAgentBackBeforeAKillIsNotToldAgainA11() throws Exception {
    int silenced = 0;
    for (int cut = 1; cut < 40; cut++) {
      var stage = new GoalStage(folder.resolve("cut" + cut));
      // Whatever the one process has not used, the other finds.
      for (int at = 0; at < 6; at++) {
        stage.agent.says("done");
        stage.rules(false, false, "no test was run");
      }
      stage.most = 2;
      var disk = new InMemoryJournal.Disk();
      int limit = cut;
      SessionId id;
      try (var sessions = stage.sessions(() -> new InMemoryJournal(disk, limit));
          var session = sessions.create("{}")) {
        id = session.id();
        try {
          var conversation = stage.conversation(session);
          GoalStage.pursue(conversation, Goal.ofUser("all pass", List.of(), Tests.GUARDED));
          var _ = stage.ask(conversation, "go");
          break;
        } catch (EngineException power) {
          assertEquals("store_failed", power.code());
        }
      }
      var first = ruled(stage.events);
      var later = new ArrayList<AgentEvent>();
      try (var sessions = stage.sessions(() -> new InMemoryJournal(disk, Integer.MAX_VALUE))) {
        if (sessions.keeper().list().isEmpty()) {
          continue;
        }
        try (var session = sessions.open(id)) {
          var again = stage.conversation(session);
          if (again.unanswered().isEmpty()) {
            continue;
          }
          var _ = again.goOn(CancellationToken.never(), later::add);
        }
      }
      var told = ruled(later);
      silenced += first.isEmpty() ? 0 : 1;
      assertTrue(told.stream().noneMatch(first::contains), "cut at " + cut + ": " + told);
      assertEquals(
          later.stream().filter(AgentEvent.GoalEnd.class::isInstance).count(),
          later.stream().filter(AgentEvent.GoalStart.class::isInstance).count(),
          "cut at " + cut);
    }

    assertTrue(silenced > 3, "only " + silenced + " had something to be silent about");
  }

  private static List<GoalFact.Ruled> ruled(List<AgentEvent> events) {
    return List.copyOf(events).stream()
        .filter(AgentEvent.GoalEnd.class::isInstance)
        .map(event -> ((AgentEvent.GoalEnd) event).ruled())
        .filter(Objects::nonNull)
        .filter(ruled -> ruled.told() != null)
        .toList();
  }
}
