package mimo.compose.testing;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import mimo.engine.ActivityRequest;
import mimo.engine.BudgetLimit;
import mimo.engine.CancellationToken;
import mimo.engine.Delivery;
import mimo.engine.RunId;
import mimo.engine.RunScope;
import mimo.engine.StepKind;
import mimo.engine.StepOutcome;

/// A run that answers each step from a function, one delivery at a time, and remembers what was
/// asked and said. Time advances by one second with each delivery.
public final class ScriptedRun implements RunScope {

  private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

  private final Function<ActivityRequest, StepOutcome> answers;
  private final Order order;
  private final Deque<Integer> waiting = new ArrayDeque<>();
  private final List<ActivityRequest> requests = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final List<String> trace = new ArrayList<>();
  private String arguments = "null";
  private String seed = "ab".repeat(32);
  private int delivered;
  private int agents;
  private int mostAgents;
  private int budgets;

  /// Which of the open steps settles next.
  public enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST
  }

  public ScriptedRun(Order order, Function<ActivityRequest, StepOutcome> answers) {
    this.order = order;
    this.answers = answers;
  }

  /// A run whose agents answer by their label: `"name: 1 ; !timeout"` is JSON for its first call
  /// and a failure for each later one. Who is not listed answers with its own label.
  public static ScriptedRun answering(String... lines) {
    return new ScriptedRun(Order.OLDEST_FIRST, new AnswersByLabel(lines));
  }

  /// The same run, started with these arguments (JSON text).
  public ScriptedRun with(String json) {
    arguments = json;
    return this;
  }

  /// The same run with other randomness.
  public ScriptedRun seeded(String hex) {
    seed = hex;
    return this;
  }

  /// All that the script did, in order and in the words of [Deed].
  public List<String> trace() {
    return List.copyOf(trace);
  }

  /// What was asked for, in order.
  public List<ActivityRequest> requests() {
    return List.copyOf(requests);
  }

  /// Labels and places of what was asked for, in order: `label @ path`.
  public List<String> places() {
    return requests.stream().map(each -> each.label() + " @ " + each.path()).toList();
  }

  /// Log lines and phases (`phase: …`), in order.
  public List<String> said() {
    return List.copyOf(said);
  }

  /// How many agents were open at once, at the most.
  public int mostAgents() {
    return mostAgents;
  }

  private static int agents(ActivityRequest request) {
    return request.kind() == StepKind.AGENT ? 1 : 0;
  }

  @Override
  public RunId id() {
    return new RunId("0123456789ab");
  }

  @Override
  public String arguments() {
    return arguments;
  }

  @Override
  public String seed() {
    return seed;
  }

  @Override
  public Instant startedAt() {
    return START;
  }

  @Override
  public int schedule(ActivityRequest request) {
    requests.add(request);
    trace.add(Deed.asks(request));
    waiting.addLast(requests.size());
    agents += agents(request);
    mostAgents = Math.max(mostAgents, agents);
    return requests.size();
  }

  @Override
  public void abandon(int seq) {
    said.add("abandon: " + requests.get(seq - 1).label());
  }

  @Override
  public void log(String text) {
    said.add(text);
    trace.add(Deed.says(text));
  }

  @Override
  public void enterPhase(String title) {
    said.add("phase: " + title);
    trace.add(Deed.enters(title));
  }

  @Override
  public int openBudget(int parent, String name, BudgetLimit.Total limit) {
    said.add(
        "budget: "
            + parent
            + " > "
            + ++budgets
            + " "
            + name
            + " = "
            + limit.total()
            + " "
            + limit.unit());
    return budgets;
  }

  @Override
  public int openSteps() {
    return waiting.size();
  }

  @Override
  public List<Delivery> awaitDeliveries() {
    int seq = order == Order.OLDEST_FIRST ? waiting.removeFirst() : waiting.removeLast();
    delivered++;
    agents -= agents(requests.get(seq - 1));
    var outcome = answers.apply(requests.get(seq - 1));
    return List.of(new Delivery(seq, outcome, START.plusSeconds(delivered), 100L * delivered));
  }

  @Override
  public CancellationToken cancellation() {
    return CancellationToken.never();
  }
}
