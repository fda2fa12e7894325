package mimo.cli.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import mimo.agent.message.Message.Status;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.StreamListener;
import mimo.cli.JoinedAgent;
import mimo.cli.terminal.Style;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whose time a budget of time counts (LG1).
@Timeout(60)
final class AgentClockTest {

  private static final long HOUR = Duration.ofHours(1).toNanos();
  private static final String TEN_MINUTES =
      "{\"budget\":{\"time\":\"10m\"},\"permission\":{\"bash\":\"ask\"}}";

  @TempDir private Path temp;
  private final AtomicLong machine = new AtomicLong(7);
  private final ChatCompany company = new ChatCompany(Style.PLAIN, machine::get);

  /// The user comes back after an hour, and says yes.
  private void answersLate() {
    company.comes(
        ask -> {
          machine.addAndGet(HOUR);
          ask.reply().complete(new Ask.Reply(ask.choice("y").orElseThrow(), ""));
        },
        _ -> {});
  }

  @Test
  void standsStillWhileAnyQuestionIsOpenLG1() {
    var clock = new AgentClock(machine::get);
    var readings = new ArrayList<Long>();

    machine.set(10);
    readings.add(clock.getAsLong());
    try (var _ = clock.question()) {
      machine.set(20);
      try (var _ = clock.question()) {
        machine.set(30);
        readings.add(clock.getAsLong());
      }
      machine.set(40);
      readings.add(clock.getAsLong());
    }
    machine.set(45);
    readings.add(clock.getAsLong());
    try (var _ = clock.question()) {
      machine.set(99);
    }
    readings.add(clock.getAsLong());

    assertEquals(List.of(10L, 10L, 10L, 15L, 15L), readings);
  }

  @Test
  void whoAnswersAfterAnHourHasNotUsedUpTheAgentsTimeLG1() throws Exception {
    answersLate();
    try (var agent = new JoinedAgent(temp, Map.of(), TEN_MINUTES).with(company.company())) {
      var answer = agent.bash("echo worked");

      assertEquals(Status.OK, answer.status(), answer.text());
      assertEquals(HOUR + 7, machine.get());
    }
  }

  @Test
  void anAgentThatThinksForAnHourHasUsedUpItsTimeLG1() throws Exception {
    answersLate();
    try (var agent = new JoinedAgent(temp, Map.of(), TEN_MINUTES).with(company.company())) {
      agent.thinker = new Slow(agent.model);

      var ended = assertThrows(AssertionError.class, () -> agent.bash("echo worked"));

      assertTrue(
          String.valueOf(ended.getMessage()).contains("the budget of time is used up"),
          ended.getMessage());
    }
  }

  /// Takes an hour for each reply.
  private final class Slow implements Provider {
    private final Provider model;

    Slow(Provider model) {
      this.model = model;
    }

    @Override
    public String id() {
      return model.id();
    }

    @Override
    public ModelReply ask(
        ModelRequest request, StreamListener listener, CancellationToken cancellation)
        throws InterruptedException {
      machine.addAndGet(HOUR);
      return model.ask(request, listener, cancellation);
    }
  }
}
