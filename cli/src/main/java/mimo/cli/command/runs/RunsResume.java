package mimo.cli.command.runs;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import mimo.cli.command.GrantPolicy;
import mimo.cli.command.LossPolicy;
import mimo.cli.command.Options;
import mimo.cli.command.Presence;
import mimo.cli.command.Resumption;
import mimo.cli.command.Resumption.Mode;
import mimo.cli.command.RunFollower;
import mimo.cli.command.RunFollower.FollowOptions;
import mimo.cli.command.Runs;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.ReuseView;
import mimo.engine.ParkedRun;
import mimo.engine.RunId;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `mimo runs resume`: takes a run up where it stopped.
final class RunsResume implements Subcommand {

  /// What is said of all due runs, and passed on to those that take up each.
  private static final List<String> PASSED_ON =
      List.of("--quiet", "--json", "--format", "--strict", "--allow-losses");

  private final Setting setting;

  RunsResume(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "resume",
            "Take a run up where it stopped.",
            "",
            "The script runs again from its top and gets its answers from the journal until it is",
            "used up; no finished agent is asked, or paid, twice.",
            "",
            "A run that failed, or whose script was edited, goes on with --continue: what the"
                + " script",
            "asks now as it did before is answered from the record, and the rest is asked.",
            "");
    spec.addPositional(
        Options.optional("RUN", "The run's id, or its first digits; not with --due."));
    spec.addOption(
        Options.flag("--due", "Take up every parked run whose moment, answer or limit has come."));
    spec.addOption(
        Options.flag(
            "--watch", "With --due: go on with what becomes due until nothing is parked."));
    Presence.add(spec);
    spec.addOption(
        Options.flag(
            "--continue",
            "Run the script as it is now; reuse each result whose question is unchanged."));
    spec.addOption(
        Options.flag("--retry-failed", "The same, to ask again what failed or was lost."));
    spec.addOption(
        Options.flag("--plan", "Show what would be reused and what would run; do nothing."));
    GrantPolicy.add(spec);
    spec.addOption(
        Options.flag(
            "--steal", "Take it from a process that works on it but does not listen any more."));
    SetOptions.add(spec, "Change budget, concurrency or deadline; with --continue also model.");
    spec.addOption(Options.flag("--strict", "Exit with 3 if any agent was lost."));
    spec.addOption(Options.flag("--allow-losses", "Exit with 0 even if agents were lost."));
    spec.addOption(Options.flag("--quiet", "No progress and no colour on stderr."));
    Options.addFormat(spec);
    return spec;
  }

  static PositionalParamSpec runId() {
    return Options.required("RUN", "The run's id, or its first digits.");
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var options =
        new FollowOptions(
            Options.format(words),
            Options.noise(words),
            LossPolicy.of(words),
            presence(words),
            grants(words));
    if (words.hasMatchedOption("--due")) {
      return due(words, options);
    }
    if (words.hasMatchedOption("--watch")) {
      throw new CommandException("usage", "--watch goes with --due");
    }
    if (!words.hasMatchedPositional(0)) {
      throw new CommandException("usage", "mimo runs resume needs a RUN, or --due");
    }
    var runs = setting.runs().get();
    var run = runs.id(words.matchedPositionalValue(0, ""));
    var how = new Resumption(mode(words), SetOptions.read(words));
    if (words.hasMatchedOption("--plan")) {
      plan(told(run, () -> runs.plan(run, how)), run, Options.format(words));
      return ExitCode.OK;
    }
    if (words.hasMatchedOption("--steal")) {
      steal(runs, run);
    }
    return new RunFollower(setting, options)
        .follow(runs.past(run), audience -> told(run, () -> runs.resume(run, how, audience)));
  }

  /// Runs that are due are nobody's own: each parks again where it has to wait.
  private static Presence presence(ParseResult words) {
    return words.hasMatchedOption("--due") ? Presence.LEAVES : Presence.of(words);
  }

  private ExitCode due(ParseResult words, FollowOptions options) throws InterruptedException {
    if (words.hasMatchedPositional(0)) {
      throw new CommandException("usage", "--due takes up all runs that are due; name none");
    }
    return words.hasMatchedOption("--watch")
        ? watch(words)
        : new DueRuns(setting, options).resume();
  }

  private ExitCode watch(ParseResult words) throws InterruptedException {
    try (var parked = setting.runs().get().parked()) {
      if (parked.look().stream().noneMatch(ParkedRun::goesOnByItself)) {
        return ExitCode.OK;
      }
      var other = parked.watchAlone();
      if (other.isPresent()) {
        tell(other.get() + " watches these runs already, and goes on with what becomes due");
        return ExitCode.OK;
      }
      var passedOn =
          PASSED_ON.stream()
              .filter(words::hasMatchedOption)
              .flatMap(name ->
                  name.equals("--format")
                      ? Stream.of(name, String.valueOf(Options.text(words, name)))
                      : Stream.of(name))
              .toList();
      var manner = new DueWatch.Manner(Duration.ZERO, passedOn, this::tell);
      return switch (new DueWatch(setting, manner).watch(parked)) {
        case IDLE -> ExitCode.OK;
        case STOPPED -> ExitCode.INTERRUPTED;
      };
    }
  }

  private void tell(String line) {
    setting.terminal().err().print(line + "\n");
  }

  private static void steal(Runs runs, RunId run) {
    try (var watch = runs.watch()) {
      watch.steal(run);
    }
  }

  /// What is resumed exactly keeps what was said when it was launched.
  private static GrantPolicy grants(ParseResult words) {
    var grants = GrantPolicy.of(words);
    if (grants == GrantPolicy.ALLOWED && mode(words) == Mode.EXACT) {
      throw new CommandException(
          "usage", "--allow-requested goes with --continue: the answer was given at the launch");
    }
    return grants;
  }

  private static Mode mode(ParseResult words) {
    return words.hasMatchedOption("--continue") || words.hasMatchedOption("--retry-failed")
        ? Mode.CONTINUE
        : Mode.EXACT;
  }

  private void plan(Runs.Planned planned, RunId run, Format format) {
    switch (format) {
      case TEXT -> ReuseView.lines(planned.plan()).forEach(setting::say);
      case JSON, STREAM_JSON -> setting.say(ReuseView.json(run.value(), planned.plan()));
    }
  }

  /// Something that may be refused.
  interface Attempt<T> {
    T make() throws InterruptedException;
  }

  /// What keeps a run from being resumed is told with the run's id, so that its remedy can be
  /// copied.
  static <T> T told(RunId run, Attempt<T> attempt) throws InterruptedException {
    try {
      return attempt.make();
    } catch (CommandException refused) {
      var told = new CommandException(refused.failure().of(run.value()));
      told.initCause(refused);
      throw told;
    }
  }
}
