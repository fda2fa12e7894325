package mimo.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import mimo.agent.AgentEvent.Status;
import mimo.agent.PlannedCalls.Planned;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.output.AnswerSchema;
import mimo.agent.session.SessionAttempt;
import mimo.agent.session.SessionAttempt.Fate;
import mimo.agent.tool.Arguments;
import mimo.agent.tool.HookMoment;
import mimo.agent.tool.HookMoment.ToolUse;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import mimo.engine.EngineException;
import org.jspecify.annotations.Nullable;

/// Runs the tool calls of an agent: adjacent reads side by side, anything else alone, and exactly
/// one answer for each call, in the order of the calls (A4, A5). Confined to the agent's thread.
final class ToolCalls {

  private final Toolbox tools;
  private final AgentTask.ChangeAhead ahead;
  private final @Nullable Answers answers;
  private final Consent consent;
  private final SessionAttempt session;
  private final Consumer<AgentEvent> events;
  private final LongSupplier nanos;

  /// What calls are made with.
  ///
  /// @param ahead hears of each call that may change something, before it acts
  /// @param answers takes the answer of an agent that has a shape to keep; null for text
  record Equipment(Toolbox tools, AgentTask.ChangeAhead ahead, @Nullable Answers answers) {}

  ToolCalls(
      Equipment equipment,
      Consent consent,
      SessionAttempt session,
      Consumer<AgentEvent> events,
      LongSupplier nanos) {
    this.tools = equipment.tools();
    this.ahead = equipment.ahead();
    this.answers = equipment.answers();
    this.consent = consent;
    this.session = session;
    this.events = events;
    this.nanos = nanos;
  }

  /// Runs all of `calls`.
  ///
  /// @throws InterruptedException if stopped; every started call has told its end by then
  List<Message.ToolAnswer> run(List<Planned> calls, AgentLoop.Stops stops)
      throws InterruptedException {
    var done = new ArrayList<Message.ToolAnswer>();
    consent.newMessage();
    tools.ready(meant(calls), stops.cancellation().or(stops.pausing()));
    int at = 0;
    while (at < calls.size()) {
      int end = at + 1;
      if (reads(calls.get(at))) {
        while (end < calls.size() && reads(calls.get(end))) {
          end++;
        }
      }
      stops.refuseIfPausing();
      done.addAll(together(calls.subList(at, end), stops));
      at = end;
    }
    return done;
  }

  private static Set<String> meant(List<Planned> calls) {
    return calls.stream()
        .filter(planned -> planned.fault() == null)
        .map(planned -> planned.call().tool())
        .collect(Collectors.toSet());
  }

  /// A call that will not run at all is as harmless as a read.
  private boolean reads(Planned planned) {
    if (isAnswer(planned)) {
      return false;
    }
    return planned.fault() != null
        || tools
            .find(planned.call().tool())
            .map(tool -> tool.spec().effect() == ToolSpec.Effect.READS)
            .orElse(true);
  }

  /// Whether a call wants to change files, processes, the network or tasks; of a tool that nobody
  /// knows that is assumed.
  static boolean changes(Toolbox tools, Content.ToolCall call) {
    return !call.tool().equals(AnswerSchema.TOOL)
        && tools
            .find(call.tool())
            .map(tool -> tool.spec().effect() == ToolSpec.Effect.CHANGES)
            .orElse(true);
  }

  private boolean isAnswer(Planned planned) {
    return answers != null && planned.call().tool().equals(AnswerSchema.TOOL);
  }

  /// Whether a tool will do something for the call, which it has not been asked for before.
  private boolean acts(Planned planned) {
    return mayAct(planned) && session.fate(planned.call().id()) instanceof Fate.Open;
  }

  private boolean mayAct(Planned planned) {
    return planned.fault() == null
        && !isAnswer(planned)
        && tools.find(planned.call().tool()).isPresent();
  }

  /// Permissions are decided in the order of the calls, before any of them acts (A1).
  private List<Message.ToolAnswer> together(List<Planned> calls, AgentLoop.Stops stops)
      throws InterruptedException {
    var refused = new HashMap<String, Tool.Result>();
    for (var planned : calls) {
      if (mayAct(planned)) {
        consent
            .refusal(planned.call(), stops.cancellation().or(stops.pausing()))
            .ifPresent(refusal -> refused.put(planned.call().id(), refusal));
      }
    }
    var acting =
        calls.stream()
            .filter(this::acts)
            .map(each -> each.call().id())
            .filter(id -> !refused.containsKey(id))
            .toList();
    if (!acting.isEmpty()) {
      if (!reads(calls.getFirst())) {
        ahead.hear();
      }
      session.starting(acting);
    }
    var running = new ArrayList<RunningCall>();
    for (var planned : calls) {
      var before = running.isEmpty() ? null : running.getLast().started;
      var refusal = refused.get(planned.call().id());
      running.add(new RunningCall(planned, refusal, stops.cancellation(), before));
    }
    int threads = Math.min(calls.size(), AgentLimits.PARALLEL_READS);
    var pool = Executors.newFixedThreadPool(threads, Thread.ofVirtual().factory());
    try {
      var answered = new ArrayList<Message.ToolAnswer>();
      for (var answer : pool.invokeAll(running)) {
        answered.add(answer.get());
      }
      return answered;
    } catch (ExecutionException ended) {
      // A call answers its own exceptions; what comes through is the interrupt of its tool, or an
      // error of the machine or the journal, which must not look like one.
      switch (ended.getCause()) {
        case Error error -> throw error;
        case EngineException broken -> throw broken;
        case null, default -> {}
      }
      throw new InterruptedException("a tool was interrupted");
    } finally {
      // Not awaited: a tool that overlooks its interrupt must not hold up the cancel.
      pool.shutdownNow();
      running.forEach(RunningCall::abort);
    }
  }

  private Tool.Result result(Planned planned, CancellationToken cancellation)
      throws InterruptedException {
    var call = planned.call();
    if (planned.fault() != null) {
      return Tool.Result.error(planned.fault());
    }
    if (answers != null && isAnswer(planned)) {
      return answers.call(call.arguments());
    }
    var tool = tools.find(call.tool());
    if (tool.isEmpty()) {
      return Tool.Result.error(
          "there is no tool '" + call.tool() + "'; there are " + String.join(", ", tools.names()));
    }
    return switch (tool.get().arguments(call.arguments())) {
      case Arguments.Unfit(var fault) -> Tool.Result.error(fault);
      case Arguments.Fit(var input) -> tool.get().run(input, cancellation);
    };
  }

  /// One call and its two events. Thread-safe: the call's thread and an abort may meet.
  private final class RunningCall implements Callable<Message.ToolAnswer> {

    private enum State {
      NEW,
      STARTED,
      ENDED
    }

    private final Planned planned;
    private final Fate fate;
    private final Tool.@Nullable Result refusal;
    private final CancellationToken cancellation;
    private final @Nullable CountDownLatch before;
    private final CountDownLatch started = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private State state = State.NEW;
    private long since;

    /// @param refusal its result if it must not run
    /// @param before opens once the call before has started: whoever listens hears of calls in the
    ///   order in which they were made
    RunningCall(
        Planned planned,
        Tool.@Nullable Result refusal,
        CancellationToken cancellation,
        @Nullable CountDownLatch before) {
      this.planned = planned;
      this.refusal = refusal;
      this.fate = session.fate(planned.call().id());
      this.cancellation = cancellation;
      this.before = before;
    }

    /// What an earlier process knew of the call stands; only one that was never begun is run (D27).
    @Override
    public Message.ToolAnswer call() throws InterruptedException {
      start();
      return switch (fate) {
        case Fate.Answered(var answer, var took) -> {
          if (answers != null && isAnswer(planned)) {
            answers.recall(planned.call().arguments(), answer.status());
          }
          end(answer, took);
          yield answer;
        }
        case Fate.CutOff _ -> answered(Tool.Result.error(Fate.CutOff.TOLD));
        case Fate.Open _ -> answered(refusal == null ? ran() : refusal);
      };
    }

    private Tool.Result ran() throws InterruptedException {
      try {
        var result = result(planned, cancellation);
        return mayAct(planned) && hasFitArguments() ? hooked(result) : result;
      } catch (RuntimeException | StackOverflowError defect) {
        // The boundary A5 asks for: whatever a tool throws is told to the model as its result.
        return Tool.Result.error("the tool failed: " + defect.getClass().getSimpleName());
      }
    }

    /// What no hook was asked about before is not told of after.
    private boolean hasFitArguments() {
      var call = planned.call();
      return tools
          .find(call.tool())
          .filter(tool -> tool.arguments(call.arguments()) instanceof Arguments.Fit)
          .isPresent();
    }

    /// Hooks hear of a result before it is written down, and what they add is written with it: so
    /// one that is recorded is not told to them again.
    private Tool.Result hooked(Tool.Result result) throws InterruptedException {
      var call = planned.call();
      var use = new ToolUse(call.id(), call.tool(), call.arguments());
      var told = tools.hooks().tell(new HookMoment.ToolAfter(use, result), cancellation);
      told.notices().forEach(text -> events.accept(AgentEvent.Notice.hook(text)));
      var before = consent.hooked(call).behind(result.text());
      return new Tool.Result(told.behind(before), result.status());
    }

    /// Heard before it is written down, since nobody is to wait for a listener's sake.
    private Message.ToolAnswer answered(Tool.Result result) {
      var took = elapsed();
      var answer = new Message.ToolAnswer(id(), result.text(), result.status());
      end(answer, took);
      return session.answered(answer, took);
    }

    private void start() throws InterruptedException {
      if (before != null) {
        before.await();
      }
      lock.lock();
      try {
        if (state == State.NEW) {
          state = State.STARTED;
          since = nanos.getAsLong();
          Content.ToolCall call = planned.call();
          events.accept(new AgentEvent.ToolStart(call.id(), call.tool(), call.arguments()));
        }
      } finally {
        started.countDown();
        lock.unlock();
      }
    }

    void abort() {
      var aborted = new Message.ToolAnswer(id(), "aborted", Message.Status.ERROR);
      end(aborted, Status.ABORTED, elapsed());
    }

    private Duration elapsed() {
      lock.lock();
      try {
        return Duration.ofNanos(nanos.getAsLong() - since);
      } finally {
        lock.unlock();
      }
    }

    private void end(Message.ToolAnswer answer, Duration took) {
      end(answer, Status.of(answer), took);
    }

    private void end(Message.ToolAnswer answer, Status status, Duration took) {
      lock.lock();
      try {
        if (state == State.STARTED) {
          events.accept(new AgentEvent.ToolEnd(id(), planned.call().tool(), answer, status, took));
        }
        state = State.ENDED;
      } finally {
        lock.unlock();
      }
    }

    private String id() {
      return planned.call().id();
    }
  }
}
