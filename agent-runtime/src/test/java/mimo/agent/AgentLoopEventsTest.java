package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mimo.agent.AgentEvent.Status;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.TokenUsage;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A9, A10, and what a cancel leaves behind.
@Timeout(60)
class AgentLoopEventsTest extends LoopStage {

  @Test
  void answersWithTheFinalText() throws Exception {
    model.streams("Hel", "lo");

    var outcome = run();

    assertEquals(new AgentOutcome.Answered("\"Hello\""), outcome);
    assertEquals(
        List.of(
            new AgentEvent.AgentStart("scripted/model"),
            new AgentEvent.StepStart(1),
            new AgentEvent.TextStart(),
            new AgentEvent.TextDelta("Hel"),
            new AgentEvent.TextDelta("lo"),
            new AgentEvent.TextEnd("Hello", Status.OK),
            new AgentEvent.StepEnd(1, Status.OK, ONE),
            new AgentEvent.AgentEnd(Status.OK, ONE)),
        events);
  }

  @Test
  void endsWithTheProvidersFault() throws Exception {
    model.fails("provider_access", "the key is refused");

    assertEquals(new AgentOutcome.Ended("provider_access", "the key is refused"), run());
    assertEquals(
        List.of(
            new AgentEvent.StepEnd(1, Status.ERROR, TokenUsage.NONE),
            new AgentEvent.AgentEnd(Status.ERROR, TokenUsage.NONE)),
        events.subList(2, 4));
  }

  @Test
  void endsWhatABrokenStreamBegan() throws Exception {
    model.breaksAfter("hal").says("whole");

    run();

    assertEquals(
        List.of(
            new AgentEvent.ReasoningStart(),
            new AgentEvent.ReasoningDelta("hm"),
            new AgentEvent.TextStart(),
            new AgentEvent.TextDelta("hal"),
            new AgentEvent.ReasoningEnd("hm", Status.ABORTED),
            new AgentEvent.TextEnd("hal", Status.ABORTED),
            new AgentEvent.RetryStart("cut", Duration.ofMillis(5)),
            new AgentEvent.RetryEnd("cut", Duration.ZERO),
            new AgentEvent.TextStart(),
            new AgentEvent.TextEnd("whole", Status.OK)),
        events.subList(2, 12));
    assertEveryStartHasOneEnd();
  }

  @Test
  void endsEverythingWhenCancelledAmongTools() throws Exception {
    var begun = new CountDownLatch(2);
    var never = new CountDownLatch(1);
    var stuck =
        tool(
            "stuck",
            ToolSpec.Effect.READS,
            (_, _) -> {
              begun.countDown();
              never.await();
              return "never";
            });
    model.replies(Finish.TOOL_CALLS, calls("stuck", 2));
    var ending = start(loop(Toolbox.of(List.of(stuck)), null, 200));

    begun.await();
    var since = System.nanoTime();
    ending.thread().interrupt();
    ending.thread().join();

    assertInstanceOf(InterruptedException.class, ending.failure());
    assertTrue(System.nanoTime() - since < TimeUnit.SECONDS.toNanos(5), "cancel took too long");
    assertEveryStartHasOneEnd();
    assertEquals(
        2,
        events.stream()
            .filter(
                each -> each instanceof AgentEvent.ToolEnd end && end.status() == Status.ABORTED)
            .count());
    assertEquals(new AgentEvent.AgentEnd(Status.ABORTED, ONE), events.getLast());
  }

  @Test
  void endsEverythingWhenCancelledAmidAReply() throws Exception {
    model.hangs();
    var cancellation = new CancellationSource();
    var ending = start(loop(looking(), null, 200), cancellation);

    model.awaitHanging();
    cancellation.cancel();
    ending.thread().join();

    assertInstanceOf(InterruptedException.class, ending.failure());
    assertEveryStartHasOneEnd();
    assertEquals(new AgentEvent.TextEnd("thinking", Status.ABORTED), events.get(4));
  }
}
