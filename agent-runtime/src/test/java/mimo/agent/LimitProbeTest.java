package mimo.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import mimo.agent.file.PathGuard;
import mimo.agent.message.Content;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Price;
import mimo.agent.provider.Provider;
import mimo.agent.provider.Resolution;
import mimo.agent.provider.StreamListener;
import mimo.agent.provider.TokenUsage;
import mimo.agent.provider.UsageLimits;
import mimo.agent.tool.Toolbox;
import mimo.engine.ActivityRequest;
import mimo.engine.Attendance;
import mimo.engine.CancellationToken;
import mimo.engine.Engine;
import mimo.engine.EngineLimits;
import mimo.engine.RunId;
import mimo.engine.RunListener;
import mimo.engine.RunResult;
import mimo.engine.Standstill;
import mimo.engine.StepKind;
import mimo.engine.Workflow;
import mimo.engine.WorkflowResult;
import mimo.engine.journal.ContentKeys;
import mimo.engine.testing.InMemoryJournal;
import mimo.engine.testing.LogicalTime;
import mimo.engine.testing.RestWatch;
import mimo.engine.testing.TestBench;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fifty agents meet a limit of which nobody says when it ends (D54).
final class LimitProbeTest {

  private static final int AGENTS = 50;

  private @TempDir Path folder;
  private final InMemoryJournal journal = new InMemoryJournal();
  private final LogicalTime time = new LogicalTime();
  private final Instant began = time.instant();
  private final Set<String> limited = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

  /// A provider that counts what it is asked, and has a limit while that is so.
  private record Counted(String id, Set<String> limited, AtomicInteger asked) implements Provider {
    @Override
    public ModelReply ask(
        ModelRequest request, StreamListener listener, CancellationToken cancellation) {
      asked.incrementAndGet();
      return limited.contains(id)
          ? new ModelReply.Faulted(UsageLimits.CODE, "Used up.")
          : new ModelReply.Completed(
              List.of(new Content.Text("done")),
              ModelReply.Finish.STOP,
              new TokenUsage(1, 1, 0, 0));
    }
  }

  /// Asks fifty agents of one provider and three of another, all at once.
  private static final Workflow ALL =
      scope -> {
        for (int i = 0; i < AGENTS; i++) {
          scope.schedule(agent("busy/model", i));
        }
        for (int i = 0; i < 3; i++) {
          scope.schedule(agent("other/model", i));
        }
        while (scope.openSteps() > 0) {
          scope.awaitDeliveries();
        }
        return new WorkflowResult.Finished("1", List.of());
      };

  private static ActivityRequest agent(String model, int number) {
    var input = "{\"prompt\":\"p" + number + "\",\"model\":\"" + model + "\"}";
    return new ActivityRequest(
        StepKind.AGENT, ContentKeys.of(input), "l" + number, input, "a" + number, "", null);
  }

  @BeforeEach
  void nobodyHasBeenAsked() {
    forget();
  }

  private void forget() {
    asked.put("busy", new AtomicInteger());
    asked.put("other", new AtomicInteger());
  }

  /// As a process has it that has just started.
  private Engine engine(Attendance attendance) throws Exception {
    var agents =
        new AgentActivity(
            AgentSettings.in(folder),
            reference -> {
              var id = String.valueOf(reference).startsWith("busy/") ? "busy" : "other";
              var provider = new Counted(id, limited, asked.get(id));
              return new Resolution.Resolved(provider, "model", Price.FREE);
            },
            Toolbox.readingOnly(PathGuard.over(folder)),
            AgentListener.none(),
            System::nanoTime);
    return TestBench.engine(journal, agents.sharing(new UsageLimits(time)), time, attendance);
  }

  private RunResult resume(RunId run) throws Exception {
    forget();
    return engine(Attendance.UNATTENDED)
        .resume(run, TestBench.request(), ALL, RunListener.none())
        .await();
  }

  private List<Integer> counts() {
    return List.of(asked.get("busy").get(), asked.get("other").get());
  }

  @Test
  void aResumeSendsOneProbeForAProviderAndOthersGoOnD54() throws Exception {
    limited.addAll(Set.of("busy", "other"));
    var first =
        engine(Attendance.UNATTENDED).start(TestBench.request(), ALL, RunListener.none()).await();
    int felt = asked.get("busy").get();
    time.put(EngineLimits.PROBE_AFTER);
    limited.remove("other");

    var second = resume(first.id());
    var probed = counts();
    time.put(EngineLimits.PROBE_AFTER);
    limited.remove("busy");
    var third = resume(first.id());

    assertTrue(felt < AGENTS, "who comes after the first has no need to ask, but " + felt + " did");
    assertEquals(until(1), assertInstanceOf(RunResult.Parked.class, first).until());
    assertEquals(List.of(1, 3), probed);
    assertEquals(until(2), assertInstanceOf(RunResult.Parked.class, second).until());
    assertInstanceOf(RunResult.Completed.class, third);
    assertEquals(List.of(AGENTS, 0), counts());
  }

  private Instant until(int probes) {
    return began.plus(EngineLimits.PROBE_AFTER.multipliedBy(probes));
  }

  @Test
  void aProcessThatStaysProbesOnceEveryQuarterOfAnHourD54() throws Exception {
    limited.add("busy");
    var watch = new RestWatch();
    var run = engine(Attendance.WAITING).start(TestBench.request(), ALL, watch);
    watch.await(AGENTS);
    int felt = asked.get("busy").get();

    time.pass(EngineLimits.PROBE_AFTER.minus(Duration.ofMillis(1)));
    int early = asked.get("busy").get();
    time.pass(Duration.ofMillis(1));
    awaitRestUntil(watch, until(2));
    int probed = asked.get("busy").get();
    limited.remove("busy");
    time.pass(EngineLimits.PROBE_AFTER);

    assertInstanceOf(RunResult.Completed.class, run.await());
    assertEquals(List.of(felt, felt + 1), List.of(early, probed));
    assertEquals(felt + 1 + AGENTS, asked.get("busy").get());
  }

  /// The run rests, and may say so more than once; what counts is until when.
  private static void awaitRestUntil(RestWatch watch, Instant until) throws InterruptedException {
    var rest = watch.await(AGENTS);
    while (!rest.causes().stream().allMatch(cause -> isDue(cause, until))) {
      rest = watch.await(AGENTS);
    }
  }

  private static boolean isDue(Standstill.Cause cause, Instant until) {
    return cause instanceof Standstill.Cause.Limit(_, _, _, _, var due) && due.equals(until);
  }
}
