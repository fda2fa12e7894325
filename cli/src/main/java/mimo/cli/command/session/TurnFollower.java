package mimo.cli.command.session;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import mimo.agent.AgentEvent;
import mimo.agent.Denials;
import mimo.agent.TurnOutcome;
import mimo.agent.session.GoalFact;
import mimo.cli.command.SessionDesk.Order;
import mimo.cli.command.SessionDesk.Talk;
import mimo.cli.command.Setting;
import mimo.cli.command.Setting.Noise;
import mimo.cli.error.CommandException;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.ExitCode;
import mimo.cli.error.Failure;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.SessionStream;
import mimo.cli.terminal.Terminal.Channel;
import mimo.cli.terminal.TurnLines;
import mimo.cli.terminal.TurnLines.Entries;
import mimo.cli.terminal.TurnLines.Voice;
import mimo.cli.terminal.TurnPrinter;
import mimo.cli.terminal.TurnPrinter.Shown;
import mimo.cli.terminal.TurnResult;
import mimo.cli.terminal.TurnResult.Answer;
import mimo.cli.terminal.TurnResult.Shape;
import mimo.cli.terminal.TurnResult.Speaker;
import mimo.engine.CancellationSource;
import mimo.engine.EngineLimits;
import org.jspecify.annotations.Nullable;

/// Follows one turn from its order to the exit code: shows what happens, takes interrupts, waits if
/// that is wanted, prints the answer.
final class TurnFollower {

  private static final String LIMITED = "usage_limit";

  private final Setting setting;
  private final Following following;
  private final ErrorTable table = ErrorTable.load();

  /// How a turn is followed.
  record Following(Format format, Noise noise, Patience patience, Rigour rigour) {}

  /// What is done while a usage limit holds.
  enum Patience {
    LEAVES,
    WAITS
  }

  /// Which refused calls of tools count (A67).
  enum Rigour {
    /// Those of the last step that called any: what was refused before, the agent got round.
    USUAL,
    /// All of them.
    STRICT
  }

  TurnFollower(Setting setting, Following following) {
    this.setting = setting;
    this.following = following;
  }

  /// Follows the turn to its end.
  ExitCode follow(Supplier<Order> order) throws InterruptedException {
    var printer =
        new TurnPrinter(
            setting.terminal(), following.format(), setting.style(following.noise()), table);
    try {
      return follow(order.get(), printer);
    } catch (CommandException e) {
      var exit = table.find(e.failure().code()).exit();
      printer.print(TurnResult.of(e.failure(), exit), Shown.NOTHING);
      return exit;
    }
  }

  private ExitCode follow(Order order, TurnPrinter printer) throws InterruptedException {
    var stop = new CancellationSource();
    try (var _ = setting.interrupts().onInterrupt(stop::cancel);
        var talk = setting.sessions().get().begin(order)) {
      var voice = voice(order, talk);
      var denials = new Denials();
      var goal = new AtomicReference<GoalFact.@Nullable Ruled>();
      var events = denials.andThen(listener(talk, voice)).andThen(event -> note(event, goal));
      var outcome = talk.turn(stop, events);
      while (waits(outcome) && awaitLimit(outcome, stop)) {
        outcome = talk.goOn(stop, events);
      }
      var shape = order.schema() == null ? Shape.TEXT : Shape.VALUE;
      var result = result(outcome, talk, shape, stop.isCancelled()).judged(goal.get());
      if (counts(denials)) {
        result = result.denied();
      }
      printer.print(result, voice == Voice.ALOUD ? Shown.ALL : Shown.NOTHING);
      if (following.noise() == Noise.USUAL) {
        printer.sum(result);
      }
      return result.exit();
    }
  }

  private static void note(AgentEvent event, AtomicReference<GoalFact.@Nullable Ruled> goal) {
    if (event instanceof AgentEvent.GoalEnd(_, var ruled) && ruled != null) {
      goal.set(ruled);
    }
  }

  private boolean counts(Denials denials) {
    return switch (following.rigour()) {
      case USUAL -> denials.inLastRound();
      case STRICT -> denials.inAnyRound();
    };
  }

  /// A terminal shows the words as they come; whatever else reads stdout gets the answer alone, and
  /// what no language model wrote has its label first.
  private Voice voice(Order order, Talk talk) {
    boolean aloud =
        following.format() == Format.TEXT
            && setting.terminal().outChannel() == Channel.TERMINAL
            && order.schema() == null
            && !talk.offline();
    return aloud ? Voice.ALOUD : Voice.SILENT;
  }

  private Consumer<AgentEvent> listener(Talk talk, Voice voice) {
    return switch (following.format()) {
      case STREAM_JSON ->
          new SessionStream(setting.terminal(), setting.clock(), talk.id().value(), speaker(talk));
      case TEXT, JSON -> {
        var entries = following.noise() == Noise.QUIET ? Entries.HIDDEN : Entries.SHOWN;
        yield new TurnLines(setting.terminal(), setting.style(following.noise()), voice, entries);
      }
    };
  }

  private boolean waits(TurnOutcome outcome) {
    return following.patience() == Patience.WAITS
        && outcome instanceof TurnOutcome.Failed(var code, _, var until)
        && code.equals(LIMITED)
        && until != null;
  }

  /// @return whether the limit is over, and not the user's patience
  private boolean awaitLimit(TurnOutcome outcome, CancellationSource stop)
      throws InterruptedException {
    if (!(outcome instanceof TurnOutcome.Failed(_, var message, var until)) || until == null) {
      return false;
    }
    if (following.noise() == Noise.USUAL) {
      setting.terminal().err().print("waits   until " + until + ": " + message + "\n");
    }
    var stopped = new CountDownLatch(1);
    try (var _ = stop.onCancel(stopped::countDown)) {
      // Looked at often, since the clock may be put forward.
      for (var left = left(until); left.isPositive(); left = left(until)) {
        var pause = left.compareTo(EngineLimits.CLOCK_CHECK) < 0 ? left : EngineLimits.CLOCK_CHECK;
        if (stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
          return false;
        }
      }
    }
    return true;
  }

  private Duration left(Instant until) {
    return Duration.between(setting.clock().instant(), until);
  }

  private static Speaker speaker(Talk talk) {
    return new Speaker(talk.agent(), talk.model(), talk.offline());
  }

  private TurnResult result(TurnOutcome outcome, Talk talk, Shape shape, boolean stopped) {
    var speaker = speaker(talk);
    var session = talk.id().value();
    return switch (outcome) {
      case TurnOutcome.Answered(var value) ->
          new TurnResult(
              session,
              speaker,
              "completed",
              new Answer(value, shape),
              talk.spent(),
              null,
              null,
              ExitCode.OK);
      case TurnOutcome.Failed(var code, var message, var until) ->
          stopped
              ? interrupted(session, speaker, talk)
              : failed(talk, speaker, new Failure(code, message, null, null, session), until);
      case TurnOutcome.Interrupted() -> interrupted(session, speaker, talk);
    };
  }

  private static TurnResult interrupted(String session, Speaker speaker, Talk talk) {
    var why = "the turn was stopped before its end";
    return new TurnResult(
        session,
        speaker,
        "interrupted",
        null,
        talk.spent(),
        new Failure("turn_interrupted", why, null, null, session),
        null,
        ExitCode.INTERRUPTED);
  }

  private TurnResult failed(Talk talk, Speaker speaker, Failure failure, @Nullable Instant until) {
    var exit = table.find(failure.code()).exit();
    return new TurnResult(
        failure.run(),
        speaker,
        exit == ExitCode.PARKED ? "parked" : "failed",
        null,
        talk.spent(),
        failure,
        until,
        // Nothing is wrong with the command line: it is what the provider said.
        exit == ExitCode.USAGE ? ExitCode.FAILURE : exit);
  }
}
