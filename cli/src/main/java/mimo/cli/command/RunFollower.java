package mimo.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mimo.cli.command.Setting.Noise;
import mimo.cli.error.CommandException;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.ExitCode;
import mimo.cli.grant.GrantAnswer;
import mimo.cli.grant.GrantRequest;
import mimo.cli.terminal.Audience;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.Outcome;
import mimo.cli.terminal.Progress;
import mimo.cli.terminal.ResultPrinter;
import mimo.cli.terminal.Terminal;
import mimo.engine.RunEvent;
import mimo.engine.RunResult;
import org.jspecify.annotations.Nullable;

/// Follows one run from its start to the exit code: shows progress, takes interrupts, prints the
/// result.
public final class RunFollower {

  private static final String PAUSING =
      "pausing: what acts on the world gets 5 s to end; Ctrl-C again stops at once";

  private final Setting setting;
  private final FollowOptions options;
  private final ResultPrinter printer;

  /// How a run is followed.
  ///
  /// @param grants what becomes of permissions its script asks for
  public record FollowOptions(
      Format format, Noise noise, LossPolicy losses, Presence presence, GrantPolicy grants) {
    public FollowOptions(Format format, Noise noise, LossPolicy losses, Presence presence) {
      this(format, noise, losses, presence, GrantPolicy.ASKED);
    }

    public FollowOptions(Format format, Noise noise, LossPolicy losses) {
      this(format, noise, losses, Presence.USUAL);
    }
  }

  /// Starts or resumes the run to follow.
  public interface Beginning {
    Runs.Running begin(Audience audience) throws InterruptedException;
  }

  public RunFollower(Setting setting, FollowOptions options) {
    this(setting, options, setting.printer(options.format(), options.noise()));
  }

  /// @param printer prints how the run ended
  public RunFollower(Setting setting, FollowOptions options, ResultPrinter printer) {
    this.setting = setting;
    this.options = options;
    this.printer = printer;
  }

  /// Follows the run to its end.
  ///
  /// @param past what happened in it before this process took it up
  public ExitCode follow(List<RunEvent> past, Beginning beginning) throws InterruptedException {
    var shown = new Spectators(setting, options.format(), options.noise(), "");
    var board = shown.board();
    board.recall(past);
    RunResult result;
    Outcome outcome;
    Optional<Path> document;
    try (var progress = shown.progress();
        var attendant = attendant(progress);
        var running = beginning.begin(audience(shown, attendant, progress))) {
      document = running.document();
      if (attendant != null) {
        attendant.attend(running);
      }
      try (var _ = setting.interrupts().onInterrupt(() -> pause(running, progress))) {
        result = running.await();
      }
      outcome =
          Outcome.of(result, board.offline(), running::source)
              .reusing(running.reuse().orElse(null));
    }
    var delivered = document.map(file -> written(outcome, file)).orElse(outcome);
    printer.print(delivered, board.agents());
    if (result instanceof RunResult.Parked parked) {
      tellWhoGoesOn(parked);
    }
    var table = ErrorTable.load();
    var failure = delivered.failure();
    return failure != null && outcome.failure() == null
        ? table.find(failure.code()).exit()
        : options.losses().exit(result, setting.terminal().outChannel(), table);
  }

  /// A run that parked needs no process, but somebody who takes it up again.
  private void tellWhoGoesOn(RunResult.Parked parked) throws InterruptedException {
    var when =
        switch (parked.reason()) {
          case GATE -> "once it is answered";
          case TIMER, USAGE_LIMIT -> "when its time has come";
          case PROVIDER -> "";
        };
    if (when.isEmpty() || options.presence() == Presence.STAYS) {
      return;
    }
    try {
      new Watchers(setting).onParked().ifPresent(it -> tell(it.who() + " goes on with it " + when));
    } catch (CommandException none) {
      tell("nobody will go on with it: " + none.failure().message());
    }
  }

  private void tell(String line) {
    setting.terminal().err().print("→ " + line + "\n");
  }

  /// The answer to a signal: what people did is seen at once, and then done (D48).
  private static void pause(Runs.Running running, Progress progress) {
    progress.say(PAUSING);
    running.pause();
  }

  /// Puts a text result where it is wanted. If that fails it is shown instead: it was paid for.
  private static Outcome written(Outcome outcome, Path file) {
    var text = outcome.text();
    if (text.isEmpty()) {
      return outcome;
    }
    try {
      Document.write(file, text.get());
      var here = Path.of("").toAbsolutePath();
      return outcome.in(file.startsWith(here) ? here.relativize(file) : file);
    } catch (CommandException unwritten) {
      return outcome.undelivered(unwritten.failure());
    }
  }

  /// Whoever sits there hears of the run first.
  private Audience audience(Spectators shown, @Nullable Attendant attendant, Progress progress) {
    var members =
        attendant == null ? List.of(shown.audience()) : List.of(attendant, shown.audience());
    return Audience.of(
        members,
        options.presence().attendance(attendant != null),
        request -> answer(request, progress));
  }

  /// What is said to a script that asks for permissions: beforehand, or by whoever sits there.
  private GrantAnswer answer(GrantRequest request, Progress progress) {
    var input = setting.terminal().input();
    if (options.grants() == GrantPolicy.ALLOWED) {
      return GrantAnswer.GRANTED;
    }
    if (input == null || options.format() != Format.TEXT || !isWatched()) {
      return GrantAnswer.UNANSWERED;
    }
    progress.hold();
    try {
      return new GrantQuestion(setting.terminal(), input).ask(request);
    } finally {
      progress.release();
    }
  }

  private boolean isWatched() {
    return setting.terminal().errChannel() == Terminal.Channel.TERMINAL
        && options.noise() == Noise.USUAL;
  }

  /// Who asks the user; null if nobody sits there.
  private @Nullable Attendant attendant(Progress progress) {
    var terminal = setting.terminal();
    var input = terminal.input();
    if (input == null || !isWatched() || options.presence() == Presence.LEAVES) {
      return null;
    }
    var who = setting.environment().getOrDefault("USER", "somebody");
    return new Attendant(terminal, input, progress, who);
  }
}
