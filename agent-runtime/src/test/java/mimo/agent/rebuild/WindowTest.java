package mimo.agent.rebuild;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import mimo.agent.estimate.TokenEstimator;
import mimo.agent.goal.GoalLedger;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.message.Message.Status;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.ConversationSoFar;
import mimo.agent.session.ConversationSoFar.Counted;
import mimo.agent.session.OwnWords;
import mimo.agent.session.SessionAttempt.Fate;
import mimo.agent.testing.CountingModel;
import mimo.agent.tool.Toolbox;
import org.junit.jupiter.api.Test;

/// What a model is told where its conversation is cut (K21), and what its estimator learns (K24).
final class WindowTest {

  private static final String ASKED =
      "Rename the field. " + "It is used everywhere. ".repeat(3_000);

  private static final OwnWords FIRST = new OwnWords(0, ASKED);

  private static final Content.ToolCall EDIT =
      new Content.ToolCall("c1", "edit", "{\"path\":\"A.java\"}");
  private static final Content.ToolCall TEST =
      new Content.ToolCall("c2", "bash", "{\"command\":\"mvn test\"}");

  private final CountingModel model = new CountingModel(1_000_000, _ -> List.of());

  private Window window(ConversationSoFar before, Rebuilding rebuilding) {
    var renewal = new Renewal(rebuilding, "", before, () -> List.of(), () -> GoalLedger.NONE);
    return new Window(renewal, model.resolved(null), Toolbox.of(List.of()));
  }

  /// What the model is told of where it stands.
  private String standing(List<Message> all, OwnWords... own) throws InterruptedException {
    var before = new ConversationSoFar(all, List.of(own), null, List.of());
    var text = window(before, Rebuilding.plain()).asked(all).orElseThrow().text();
    return text.substring(
        text.indexOf("# Where you stand\n\n") + 19, text.indexOf("\n</conversation-so-far>"));
  }

  private static List<Message> after(Message.ToolAnswer... answers) {
    var all = new ArrayList<Message>();
    all.add(new Message.User(ASKED));
    all.add(new Message.Model(List.of(EDIT, TEST)));
    all.add(new Message.Tools(List.of(answers)));
    return all;
  }

  private static Message.ToolAnswer answer(Content.ToolCall call, String text, Status status) {
    return new Message.ToolAnswer(call.id(), text, status);
  }

  @Test
  void aCallThatNeverRanMayBeMadeK21() throws Exception {
    var cut = after(answer(EDIT, "changed", Status.OK), answer(TEST, Fate.Open.TOLD, Status.ERROR));
    var skipped = after(answer(EDIT, "no", Status.DENIED), answer(TEST, "skipped", Status.SKIPPED));

    var told =
        "The request is open, and your last call has finished: edit {\"path\":\"A.java\"} (call"
            + " c1). Its result is known, below or in the history. Do not make it again. Not run,"
            + " and free to be made: bash {\"command\":\"mvn test\"} (call c2). Continue with the"
            + " checkpoint's next action.";
    assertEquals(told, standing(cut, FIRST));
    assertEquals(told, standing(skipped, FIRST));
  }

  @Test
  void whatTheUserAsksAfterAnInterruptedTurnIsTheRequestK21() throws Exception {
    var all = after(answer(EDIT, "changed", Status.OK), answer(TEST, "fine", Status.OK));
    all.add(new Message.User("Rather undo that."));

    assertEquals(
        "The user's last message is not answered yet. Work on it; what the checkpoint says is done"
            + " is not done again.",
        standing(all, FIRST, new OwnWords(3, "Rather undo that.")));
  }

  @Test
  void whatTheUserAsksBehindACallOfUnknownOutcomeIsTheRequestAndTheCallIsInspectedK21()
      throws Exception {
    var all =
        after(answer(EDIT, "changed", Status.OK), answer(TEST, Fate.CutOff.TOLD, Status.ERROR));
    all.add(new Message.User("And now the docs.\n\nAn agent has reported."));

    assertEquals(
        "Outcome unknown: bash {\"command\":\"mvn test\"} (call c2) was begun, and the program was"
            + " stopped before there was a result. Inspect what it did before you repeat it.\n"
            + "The user's last message is not answered yet. Work on it; what the checkpoint says is"
            + " done is not done again.",
        standing(all, FIRST, new OwnWords(3, "And now the docs.")));
  }

  @Test
  void whatTheProgramSaysBehindACallIsNoRequestK21() throws Exception {
    var all = after(answer(EDIT, "changed", Status.OK), answer(TEST, "fine", Status.OK));
    all.add(new Message.User("You have made the same call three times."));

    assertEquals(
        "The request is open, and your last call has finished: edit {\"path\":\"A.java\"} (call"
            + " c1), bash {\"command\":\"mvn test\"} (call c2). Its result is known, below or in"
            + " the history. Do not make it again. Continue with the checkpoint's next action.",
        standing(all, FIRST));
  }

  @Test
  void whatItHeardAsItCameIsNotLearnedAgainInEachTurnK24() {
    var all = List.<Message>of(new Message.User("value.get(17);\n".repeat(200)));
    var usage = new TokenUsage(3_000, 1, 0, 0);
    var before = new ConversationSoFar(all, List.of(), null, List.of(new Counted(1, usage)));
    var rebuilding = Rebuilding.plain();
    var shared = rebuilding.estimators().of(model.resolved(null).reference());
    window(before, rebuilding).headed("", List.of());
    long once = tokens(shared);

    for (int turn = 0; turn < 5; turn++) {
      window(before, rebuilding).headed("", List.of());
    }

    assertEquals(once, tokens(shared));
  }

  private static long tokens(TokenEstimator estimator) {
    return estimator.tokens("if (a != null) { b[17]++; }\n".repeat(1_000));
  }
}
