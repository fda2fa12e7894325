package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import mimo.agent.estimate.Weight;
import mimo.agent.file.PathGuard;
import mimo.agent.maxmode.MaxMode;
import mimo.agent.message.Content;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Price;
import mimo.agent.provider.Provider;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;
import mimo.agent.question.Asker;
import mimo.agent.rebuild.Renewal;
import mimo.agent.session.SessionAttempt;
import mimo.agent.testing.Authorities;
import mimo.agent.testing.RecordedStep;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With `budget.hard` nothing is spent that is not there (L95, C55).
final class HardBudgetTest {

  private static final Price PRICE = new Price(1_000_000, 5_000_000, 100_000);

  @TempDir private Path folder;

  /// Says as much as it may, writes all it hears to its cache, and wants another turn.
  private static final class Dearest implements Provider {
    private final List<ModelRequest> requests = new ArrayList<>();

    @Override
    public String id() {
      return "dearest";
    }

    @Override
    public ModelReply ask(
        ModelRequest request, StreamListener listener, CancellationToken cancellation) {
      synchronized (requests) {
        requests.add(request);
        var weight = Weight.of(request);
        // About what usual tokenizers make of it.
        long input = (weight.text() + weight.code() + weight.wide()) / 4 + 4 * weight.pieces();
        var usage = new TokenUsage(input, request.maxOutputTokens().orElse(100), 0, 0, input);
        var call = new Content.ToolCall("c" + requests.size(), "glob", "{\"pattern\":\"*\"}");
        return new ModelReply.Completed(List.of(call), Finish.TOOL_CALLS, usage);
      }
    }
  }

  private AgentOutcome run(Dearest model, @Nullable MaxMode max, Meter meter)
      throws IOException, InterruptedException {
    var task =
        new AgentTask(
            resolved(model),
            "system",
            List.of(),
            "the task",
            Toolbox.readingOnly(PathGuard.over(folder)),
            null,
            null,
            null,
            10,
            Authorities.everything(),
            AgentTask.ChangeAhead.IGNORED,
            EndTerms.NONE,
            Renewal.plain("the task"),
            max,
            Asker.nobody());
    return new AgentLoop(task, SessionAttempt.unrecorded(), meter, _ -> {}, () -> 0)
        .run(AgentLoop.Stops.by(CancellationToken.never()));
  }

  private static Resolution.Resolved resolved(Dearest model) {
    return new Resolution.Resolved(model, "model", PRICE);
  }

  private static Purse purse(OptionalLong microUsd, Overshoot overshoot) {
    return new Purse(PRICE, ConversationBudget.of(microUsd), overshoot, () -> 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 1_500, 5_000, 20_000, 100_000, 1_000_000})
  void neverSpendsMoreMoneyThanThereIsC55(int money) throws Exception {
    for (var max : new @Nullable MaxMode[] {null, MaxMode.USUAL}) {
      var model = new Dearest();
      var step = new RecordedStep("cost_micro_usd", money);

      run(model, max, new StepMeter(step, resolved(model), Overshoot.NONE));

      long spent = step.charged().getOrDefault("cost_micro_usd", 0L);
      assertTrue(spent <= money, "spent " + spent + " of " + money);
    }
  }

  @Test
  void neverSpendsMoreTokensThanThereAreC55() throws Exception {
    var model = new Dearest();
    var step = new RecordedStep("output_tokens", 700);

    var outcome = run(model, null, new StepMeter(step, resolved(model), Overshoot.NONE));

    assertEquals(700, step.charged().get("output_tokens"));
    assertEquals("budget", assertInstanceOf(AgentOutcome.Ended.class, outcome).code());
  }

  @Test
  void aConversationSpendsNoMoreThanThereIsL95() throws Exception {
    var model = new Dearest();
    var purse = purse(OptionalLong.of(8_000), Overshoot.NONE);

    var outcome = run(model, null, purse);

    assertEquals("budget", assertInstanceOf(AgentOutcome.Ended.class, outcome).code());
    var spent = purse.spent().microUsd();
    assertTrue(spent != null && spent > 0 && spent <= 8_000, "spent " + spent);
  }

  /// A writer of checkpoints spends beside the agent, which nobody has set aside.
  @Test
  void nobodyElseSpendsBesideAnAgentWithAHardBudgetL95() {
    var limit = OptionalLong.of(8_000);

    assertEquals(
        List.of(false, true, true),
        List.of(
            purse(limit, Overshoot.NONE).allowsMore(),
            purse(limit, Overshoot.ONE_REQUEST).allowsMore(),
            purse(OptionalLong.empty(), Overshoot.NONE).allowsMore()));
  }
}
