package mimo.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import mimo.agent.AgentEvent.Status;
import mimo.agent.PlannedCalls.Planned;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.output.AnswerSchema;
import mimo.agent.tool.Arguments;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.Toolbox;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// Runs the tool calls of an agent: adjacent reads side by side, anything else alone, and exactly
/// one answer for each call, in the order of the calls (A4, A5). Confined to the agent's thread.
final class ToolCalls {

  private final Toolbox tools;
  private final @Nullable Answers answers;
  private final Consumer<AgentEvent> events;
  private final LongSupplier nanos;

  ToolCalls(
      Toolbox tools, @Nullable Answers answers, Consumer<AgentEvent> events, LongSupplier nanos) {
    this.tools = tools;
    this.answers = answers;
    this.events = events;
    this.nanos = nanos;
  }

  /// Runs all of `calls`.
  ///
  /// @throws InterruptedException if cancelled; every started call has told its end by then
  List<Message.ToolAnswer> run(List<Planned> calls, CancellationToken cancellation)
      throws InterruptedException {
    var done = new ArrayList<Message.ToolAnswer>();
    int at = 0;
    while (at < calls.size()) {
      int end = at + 1;
      if (reads(calls.get(at))) {
        while (end < calls.size() && reads(calls.get(end))) {
          end++;
        }
      }
      done.addAll(together(calls.subList(at, end), cancellation));
      at = end;
    }
    return done;
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

  private boolean isAnswer(Planned planned) {
    return answers != null && planned.call().tool().equals(AnswerSchema.TOOL);
  }

  private List<Message.ToolAnswer> together(List<Planned> calls, CancellationToken cancellation)
      throws InterruptedException {
    var running = new ArrayList<RunningCall>();
    for (var planned : calls) {
      var before = running.isEmpty() ? null : running.getLast().started;
      running.add(new RunningCall(planned, cancellation, before));
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
      // error of the machine, which must not look like one.
      if (ended.getCause() instanceof Error error) {
        throw error;
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
    return switch (Arguments.read(tool.get().spec(), call.arguments())) {
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
    private final CancellationToken cancellation;
    private final @Nullable CountDownLatch before;
    private final CountDownLatch started = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private State state = State.NEW;
    private long since;

    /// @param before opens once the call before has started: whoever listens hears of calls in the
    ///   order in which they were made
    RunningCall(Planned planned, CancellationToken cancellation, @Nullable CountDownLatch before) {
      this.planned = planned;
      this.cancellation = cancellation;
      this.before = before;
    }

    @Override
    public Message.ToolAnswer call() throws InterruptedException {
      start();
      Tool.Result result;
      try {
        result = result(planned, cancellation);
      } catch (RuntimeException | StackOverflowError defect) {
        // The boundary A5 asks for: whatever a tool throws is told to the model as its result.
        result = Tool.Result.error("the tool failed: " + defect.getClass().getSimpleName());
      }
      var answer = new Message.ToolAnswer(id(), result.text(), result.status());
      end(answer, answer.status() == Message.Status.OK ? Status.OK : Status.ERROR);
      return answer;
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
      end(new Message.ToolAnswer(id(), "aborted", Message.Status.ERROR), Status.ABORTED);
    }

    private void end(Message.ToolAnswer answer, Status status) {
      lock.lock();
      try {
        if (state == State.STARTED) {
          var took = Duration.ofNanos(nanos.getAsLong() - since);
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
