package mimo.cli.command.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mimo.cli.command.LossPolicy;
import mimo.cli.command.Options;
import mimo.cli.command.RunWatch;
import mimo.cli.command.Setting;
import mimo.cli.command.Setting.Noise;
import mimo.cli.command.Spectators;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ErrorTable;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.Outcome;
import mimo.cli.terminal.WatchedRun;
import mimo.engine.RecordedEvent;
import mimo.engine.RunEvent;
import mimo.engine.RunId;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `mimo runs watch`: shows runs that other processes work on as if this one did.
final class RunsWatch implements Subcommand {

  private final Setting setting;

  RunsWatch(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "watch",
            "Watch runs until nobody works on them any more.",
            "",
            "Shows a run as the process shows it that works on it, and ends with it: with its",
            "result and its exit code. Ctrl-C ends the watching, not the run. Without RUN all runs",
            "at work are watched.",
            "");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("RUN")
            .description("Ids of runs, or their first digits.")
            .build());
    spec.addOption(
        Options.text("--from", "ID", "With stream-json: begin after the event of this id."));
    spec.addOption(Options.flag("--strict", "Exit with 3 if any agent was lost."));
    spec.addOption(Options.flag("--allow-losses", "Exit with 0 even if agents were lost."));
    spec.addOption(Options.flag("--quiet", "No progress and no colour on stderr."));
    Options.addFormat(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo runs watch 7f3a",
            "  mimo runs watch 7f3a --format stream-json --from 7f3a90b1c2d4:0:41");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var format = Options.format(words);
    var from = EventPlace.parse(Options.text(words, "--from"));
    if (!from.equals(EventPlace.BEGINNING) && format != Format.STREAM_JSON) {
      throw new CommandException("usage", "--from goes with --format stream-json");
    }
    List<String> named = words.matchedPositionalValue(0, List.<String>of());
    try (var watch = setting.runs().get().watch()) {
      var runs = runs(watch, named);
      from.requireIn(runs, run -> setting.runs().get().events(run).size());
      var how = named.size() == 1 ? Told.ONE : Told.MANY;
      var looks = new Looks(format, Options.noise(words), from, LossPolicy.of(words), how);
      if (runs.isEmpty()) {
        setting.terminal().err().print("nobody works on any run\n");
        return end(watch, new LinkedHashMap<>(), looks);
      }
      return watch(watch, runs, looks);
    }
  }

  /// How the runs are shown.
  private record Looks(Format format, Noise noise, EventPlace from, LossPolicy losses, Told told) {}

  /// What `json` prints in the end.
  private enum Told {
    /// The object of the one run that was named.
    ONE,
    /// An array of the objects of all that were watched.
    MANY
  }

  private static List<RunId> runs(RunWatch watch, List<String> named) {
    if (named.isEmpty()) {
      return watch.list().stream()
          .filter(line -> line.status().equals("running"))
          .map(line -> line.id())
          .toList();
    }
    return named.stream().map(prefix -> watch.find(prefix).id()).distinct().toList();
  }

  private ExitCode watch(RunWatch watch, List<RunId> runs, Looks looks) {
    Map<RunId, WatchedRun> shown = new LinkedHashMap<>();
    var seen = new LinkedHashMap<RunId, List<RunEvent>>();
    for (var run : runs) {
      shown.put(run, show(runs, run, looks));
      seen.put(run, new ArrayList<>());
    }
    ExitCode exit;
    try {
      exit =
          new Following(watch)
              .until(
                  setting.interrupts(),
                  runs,
                  event -> {
                    seen(seen, event);
                    if (looks.from().isBefore(event)) {
                      Objects.requireNonNull(shown.get(event.run())).tell(event);
                    }
                  });
    } finally {
      shown.values().forEach(WatchedRun::close);
    }
    return exit == ExitCode.OK ? end(watch, seen, looks) : exit;
  }

  private static void seen(Map<RunId, List<RunEvent>> seen, RecordedEvent event) {
    Objects.requireNonNull(seen.get(event.run())).add(event.event());
  }

  private WatchedRun show(List<RunId> runs, RunId run, Looks looks) {
    var prefix = runs.size() == 1 ? "" : run + "  ";
    var spectators = new Spectators(setting, looks.format(), looks.noise(), prefix);
    return new WatchedRun(spectators.audience(), spectators.progress());
  }

  /// How they ended: as the process would tell that worked on each.
  private ExitCode end(RunWatch watch, Map<RunId, List<RunEvent>> seen, Looks looks) {
    var table = ErrorTable.load();
    var exits = new ArrayList<ExitCode>();
    var objects = new ArrayList<String>();
    var single = setting.printer(looks.format(), looks.noise());
    var printer = looks.told() == Told.ONE ? single : single.keeping(objects);
    seen.forEach((run, events) -> {
      var outcome = Outcome.told(run, watch.find(run.value()).status(), events);
      printer.print(outcome, Outcome.agents(events));
      exits.add(looks.losses().exit(outcome, setting.terminal().outChannel(), table));
    });
    if (looks.told() == Told.MANY) {
      printer.printAll(objects);
    }
    return ExitCode.of(exits);
  }
}
