package mimo.agent.goal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import mimo.agent.TurnOutcome;
import mimo.agent.session.GoalFact.Tests;
import mimo.engine.testing.InMemoryJournal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent with a goal whose conversation is rebuilt (K18, K21).
@Timeout(60)
final class RebuiltGoalTest {

  @TempDir Path folder;

  @Test
  void itKnowsItsGoalAndTheVerdictAndGoesOnK21() throws Exception {
    var stage = new GoalStage(folder);
    stage.most = 0;
    stage.works("c1", "11 of 12 tests passed", "Done.");
    stage.rules(false, false, "one test fails", "11 of 12 tests passed");
    var disk = new InMemoryJournal.Disk();
    try (var sessions = stage.sessions(() -> new InMemoryJournal(disk, Integer.MAX_VALUE));
        var session = sessions.create("{}")) {
      var conversation = stage.conversation(session);
      GoalStage.pursue(conversation, Goal.ofUser("the tests pass", List.of(), Tests.FREE));
      var outcome = stage.ask(conversation, "Mend them. " + "Mind the style. ".repeat(5_000));
      assertEquals(TurnOutcome.Failed.class, outcome.getClass());

      var text = conversation.rebuild().orElseThrow().text();

      assertEquals(
          """
          # Goal

          Goal: the tests pass
          not met: one test fails (judged, not checked, by scripted/judge, 100 tokens in, \
          10 out, $0.000080)
          """,
          text.substring(text.indexOf("# Goal"), text.indexOf("\n# What the user said")));
      assertEquals(
          """
          # Where you stand

          The turn is finished, and its goal is not reached. The last verdict: one test fails
          Continue with the checkpoint's next action; what is done stays done.
          </conversation-so-far>
          </system-reminder>\
          """,
          text.substring(text.indexOf("# Where you stand")));
    }
  }
}
