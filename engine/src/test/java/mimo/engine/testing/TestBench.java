package mimo.engine.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mimo.engine.Activity;
import mimo.engine.ActivityRequest;
import mimo.engine.Attendance;
import mimo.engine.BudgetLimit;
import mimo.engine.Engine;
import mimo.engine.EnginePorts;
import mimo.engine.RunRequest;
import mimo.engine.StepKind;
import mimo.engine.Waiting;
import mimo.engine.journal.ContentKeys;
import mimo.engine.journal.Digests;
import mimo.engine.journal.Journal;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.SecretRedactor;
import mimo.engine.scheduling.Limit;
import mimo.engine.scheduling.Scheduler;

/// Builds engines and requests for tests, with everything real but the journal's disk, the clock
/// and the dice.
public final class TestBench {

  private TestBench() {}

  /// An engine whose agents are played by `agents`, as fast as it can.
  public static Engine engine(Journal journal, Activity agents) {
    return engine(journal, agents, List.of());
  }

  /// An engine that knows these secrets.
  public static Engine engine(Journal journal, Activity agents, List<String> secrets) {
    return new Engine(ports(journal, agents, secrets, 16));
  }

  /// An engine whose clock is another one each time somebody looks at it.
  public static Engine ticking(Journal journal, Activity agents) {
    var ports = ports(journal, agents, List.of(), 16);
    var clock = new ManualClock();
    return new Engine(
        new EnginePorts(
            ports.journal(),
            ports.activities(),
            ports.scheduler(),
            ports.redaction(),
            () -> {
              clock.advance(Duration.ofMillis(7));
              return clock.instant();
            },
            ports.random()));
  }

  /// The ports of such an engine, with room for `permits` agents at once.
  public static EnginePorts ports(
      Journal journal, Activity agents, List<String> secrets, int permits) {
    var live = new LiveValues(secrets);
    return new EnginePorts(
        journal,
        Map.of(
            StepKind.AGENT,
            agents,
            StepKind.CONTINUE,
            agents,
            StepKind.FILE,
            agents,
            StepKind.WORKFLOW,
            agents),
        new Scheduler(Map.of(StepKind.AGENT, new Limit("agents", permits))),
        key -> new SecretRedactor(live, key),
        new ManualClock(),
        new Random(7));
  }

  /// An engine whose time passes when told to, and that waits like this.
  public static Engine engine(
      Journal journal, Activity agents, LogicalTime time, Attendance attendance) {
    var ports = ports(journal, agents, List.of(), 4);
    return new Engine(
        new EnginePorts(
            ports.journal(),
            ports.activities(),
            ports.scheduler(),
            ports.redaction(),
            time,
            ports.random(),
            time,
            new Waiting(attendance, new PlainAnswers())));
  }

  /// A request to wait for a moment.
  public static ActivityRequest timer(Duration delay) {
    var input = "{\"ms\":" + delay.toMillis() + "}";
    return new ActivityRequest(
        StepKind.TIMER, ContentKeys.of(input), "", input, "sleep " + delay, "", null);
  }

  /// A request to ask people, with more members of the input after a comma.
  public static ActivityRequest gate(String question, String schema, String more) {
    var input = "{\"question\":\"" + question + "\",\"schema\":" + schema + more + "}";
    return new ActivityRequest(
        StepKind.GATE, ContentKeys.of(input), "", input, "ask " + question, "", null);
  }

  /// A request to run a workflow without arguments or limits.
  public static RunRequest request() {
    return request("{}", new BudgetLimit.Unlimited("output_tokens"));
  }

  /// A request to run a workflow with these arguments, within this budget.
  public static RunRequest request(String arguments, BudgetLimit budget) {
    var script = new RunRequest.ScriptDigest("review.js", Digests.hex("review"));
    return new RunRequest("review", List.of(script), arguments, "{\"model\":\"m\"}", budget);
  }

  /// A request for an agent; the prompt is its label too.
  public static ActivityRequest agent(String prompt) {
    var input = "{\"prompt\":\"" + prompt + "\"}";
    return new ActivityRequest(StepKind.AGENT, ContentKeys.of(input), "", input, prompt, "", null);
  }
}
