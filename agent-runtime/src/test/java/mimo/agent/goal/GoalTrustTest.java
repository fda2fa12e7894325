package mimo.agent.goal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import mimo.agent.Conversation;
import mimo.agent.TurnOutcome;
import mimo.agent.permission.Approver;
import mimo.agent.permission.Authority;
import mimo.agent.permission.Decision;
import mimo.agent.permission.Ruling;
import mimo.agent.permission.SessionGrants;
import mimo.agent.permission.Shelter;
import mimo.agent.permission.WorkspacePermissions;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.GoalFact;
import mimo.agent.session.GoalFact.By;
import mimo.agent.session.GoalFact.Check;
import mimo.agent.session.GoalFact.Tests;
import mimo.agent.session.SessionUse;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.session.OwnSession;
import mimo.engine.session.Sessions;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.ManualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What of a goal is believed because it is written in a session, and what is not (A56, A61).
@Timeout(60)
final class GoalTrustTest {

  private static final String SECRET = "hunter2-hunter2-hunter2";
  private static final Goal CHECKED =
      Goal.ofUser("the tests pass", List.of("out.txt says green"), Tests.GUARDED);
  private static final GoalFact.Set IMPORTED =
      new GoalFact.Set(
          "c",
          List.of(new Check.Command("out.txt says green", 0)),
          By.USER,
          Tests.FREE,
          0,
          List.of(),
          null);

  @TempDir Path folder;
  private GoalStage stage;
  private Sessions sessions;
  private OwnSession session;

  @BeforeEach
  void open() throws Exception {
    stage = new GoalStage(folder);
    stage.authority =
        new Authority(
            _ -> Ruling.always(Decision.ASK, "commands are asked about"),
            Approver.nobody(),
            new SessionGrants(),
            new WorkspacePermissions.Place(Path.of("/"), Path.of("/"), () -> Shelter.NONE));
    stage.most = 0;
    var journal = new InMemoryJournal(new InMemoryJournal.Disk(), Integer.MAX_VALUE);
    sessions =
        new Sessions(
            () -> journal,
            key -> new SecretRedactor(new LiveValues(List.of(SECRET)), key),
            key -> new SecretRedactor(new LiveValues(List.of(SECRET)), key),
            new ManualClock(),
            new Random(3));
    session = sessions.create("{}");
    stage.file("out.txt", "green");
  }

  @AfterEach
  void close() {
    session.close();
    sessions.close();
  }

  private String outcome(Conversation conversation) throws InterruptedException {
    stage.agent.says("done");
    return switch (stage.ask(conversation, "make them pass")) {
      case TurnOutcome.Failed(_, var message, _) -> message;
      case TurnOutcome other -> other.toString();
    };
  }

  @Test
  void aCommandOfAnImportedSessionDoesNotRunBecauseItSaysTheUserWroteItA56() throws Exception {
    var _ = ConversationRecord.open(session).ofGoal(IMPORTED);

    assertEquals(
        "the goal is not met after the agent was sent back 0 times: the check"
            + " 'out.txt says green' failed:\nnot run: it is not permitted, by commands are asked"
            + " about",
        outcome(stage.conversation(session)));
    assertEquals(List.of(), stage.shells.ran());
  }

  @Test
  void aCommandTheUserHasSetHereRunsInALaterProcessTooA56() throws Exception {
    GoalStage.pursue(stage.conversation(session), CHECKED);
    stage.rules(true, false, "the check passed", "exit code 0");

    assertEquals("Answered[value=\"done\"]", outcome(stage.conversation(session)));
    assertEquals(List.of("out.txt says green"), stage.shells.ran());
  }

  @Test
  void whatTheUserHasSetForOneFolderIsNotSetForAnotherA56() throws Exception {
    GoalStage.pursue(stage.conversation(session), CHECKED);
    var ground = stage.ground();
    var here = ground.guard().root();
    var checks = ground.originals().usersChecks();

    assertEquals(true, checks.hold(here, CHECKED.checks()));
    assertEquals(false, checks.hold(here.resolve("other"), CHECKED.checks()));
    assertEquals(false, checks.hold(here, List.of(new Check.Command("out.txt says green", 1))));
  }

  @Test
  void aCheckThatHoldsASecretIsRefusedAndNoOtherCommandIsRunA61() throws Exception {
    var conversation = stage.conversation(session);
    var goal = Goal.ofUser("c", List.of("curl -H 'Authorization: " + SECRET + "' x"), Tests.FREE);

    var refused =
        assertThrows(GoalRefusedException.class, () -> GoalStage.pursue(conversation, goal));

    assertEquals(
        "a check holds a secret, which is not written down; let its command read it from a file",
        refused.getMessage());
    assertEquals(GoalLedger.NONE, GoalLedger.of(ConversationRecord.open(session).facts()));
    assertInstanceOf(GoalFact.Cleared.class, ConversationRecord.open(session).facts().getLast());
  }

  @Test
  void whatTheJudgeOfAGoalUsedIsUsedInTheSessionA33() throws Exception {
    var usage = new TokenUsage(10, 1, 0, 0);
    var _ =
        ConversationRecord.open(session)
            .ofGoal(
                new GoalFact.Judged(
                    GoalFact.Asked.VERDICT,
                    true,
                    false,
                    "r",
                    List.of(),
                    null,
                    "x/judge",
                    usage,
                    7L));

    var uses = SessionUse.of(session.recorded());

    assertEquals(
        List.of("x/judge 1 " + usage + " 7"),
        uses.stream()
            .map(use ->
                use.model() + " " + use.requests() + " " + use.usage() + " " + use.microUsd())
            .toList());
  }
}
