package mimo.agent.goal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import mimo.agent.estimate.TokenEstimator;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.provider.EffortSupport;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelSize;
import mimo.agent.provider.Price;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.TokenUsage;
import mimo.agent.session.GoalFact.Checked;
import mimo.agent.session.GoalFact.Result;
import mimo.agent.session.SessionFact;
import mimo.agent.testing.ScriptedProvider;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a judge is shown of a session that is longer than it can read (G3).
@Timeout(60)
final class BriefTest {

  private static final ModelSize SMALL = new ModelSize(32_000, null);

  private final ScriptedProvider judge = new ScriptedProvider();

  private record Unlimited() implements Bill {
    @Override
    public String exhausted() {
      return "";
    }

    @Override
    public OptionalLong maxOutputTokens(long input, @Nullable Price price) {
      return OptionalLong.empty();
    }

    @Override
    public void sending() {}

    @Override
    public void charge(TokenUsage usage, @Nullable Price price) {}
  }

  private static Transcript session(int calls, String output) {
    var facts = new ArrayList<SessionFact>();
    for (int at = 0; at < calls; at++) {
      var id = "c" + at;
      facts.add(
          new SessionFact.TurnReceived(
              List.of(new Content.ToolCall(id, "bash", "{\"command\":\"run\"}")),
              Finish.TOOL_CALLS,
              TokenUsage.NONE));
      facts.add(
          new SessionFact.ToolEnded(new ToolAnswer(id, output, Message.Status.OK), Duration.ZERO));
    }
    return Transcript.ofFacts(facts);
  }

  private static Brief brief(String answer, Transcript transcript) {
    var outputs = Collections.nCopies(20, new Result("check", true, "fine ".repeat(1_600)));
    return new Brief("it works", new Checked(List.of(), outputs, outputs), answer, transcript);
  }

  private void asked(Brief brief, ModelSize size) throws Exception {
    var model = new Resolution.Resolved(judge, "judge", Price.FREE, EffortSupport.UNKNOWN, size);
    var _ =
        new Judge(model, new Unlimited(), Duration.ofSeconds(20))
            .verdict(brief, null, CancellationToken.never());
  }

  private String shown(int request) {
    return ((Message.User) judge.requests().get(request).messages().getFirst()).text();
  }

  @Test
  void aLongSessionInWideLettersFitsTheWindowOfTheJudgeG3() throws Exception {
    judge.says(GoalStage.verdict(false, false, "no"));

    asked(brief("完成".repeat(50_000), session(60, "測試全部通過。".repeat(2_000))), SMALL);

    long replies = judge.requests().getFirst().maxOutputTokens().orElseThrow();
    var text = shown(0);
    assertEquals(8_000, replies);
    assertTrue(new TokenEstimator().tokens(text) + replies <= 32_000, text.length() + " shown");
    assertTrue(Json.parse(text).path("left_out").size() > 0, "it is told what is missing");
    assertEquals("it works", Json.parse(text).path("condition").asText());
  }

  @Test
  void whatFitsTheWindowIsShownWholeG3() throws Exception {
    judge.says(GoalStage.verdict(false, false, "no"));

    asked(brief("done", session(3, "12 passed")), new ModelSize(1_000_000, null));

    assertEquals(0, Json.parse(shown(0)).path("left_out").size());
    assertEquals(6, Json.parse(shown(0)).path("transcript").size());
  }

  @Test
  void aJudgeWhoFindsItTooLongIsShownHalfOfItOnceG3() throws Exception {
    judge.fails("context_overflow", "too long").fails("context_overflow", "still too long");

    asked(brief("done", session(40, "line\n".repeat(1_000))), ModelSize.UNKNOWN);

    assertEquals(2, judge.requests().size());
    assertTrue(
        shown(1).length() <= shown(0).length() / 2, shown(0).length() + ", " + shown(1).length());
  }
}
