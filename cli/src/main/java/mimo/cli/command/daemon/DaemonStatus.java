package mimo.cli.command.daemon;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import mimo.cli.command.Background.Daemon;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Figures;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import mimo.engine.ParkedRun;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo daemon status`: whether the daemon runs, and what it waits for.
final class DaemonStatus implements Subcommand {

  private final Setting setting;

  DaemonStatus(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec = Options.command("status", "Show whether the daemon runs, and what it waits for.");
    Options.addFormat(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var daemon = setting.background().get().daemon();
    var parked = parked();
    var next = parked.stream().map(ParkedRun::until).filter(Objects::nonNull).findFirst();
    if (Options.format(words) == Format.TEXT) {
      setting.say(told(daemon));
      daemon.ifPresent(it -> setting.say("log: " + it.log()));
      setting.say(
          Figures.count(parked.size(), "run")
              + " parked"
              + next.map(until -> ", the next until " + until).orElse(""));
    } else {
      setting.say(json(daemon, parked, next));
    }
    return ExitCode.OK;
  }

  private List<ParkedRun> parked() {
    try (var parked = setting.runs().get().parked()) {
      return parked.look().stream().filter(ParkedRun::goesOnByItself).toList();
    }
  }

  private static String told(Optional<Daemon> daemon) {
    return daemon
        .map(it -> "the daemon runs: process " + it.pid() + ", since " + it.since())
        .orElse("no daemon runs");
  }

  private static String json(
      Optional<Daemon> daemon, List<ParkedRun> parked, Optional<Instant> next) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeNumberField("v", 1);
      json.writeBooleanField("running", daemon.isPresent());
      if (daemon.isPresent()) {
        json.writeNumberField("pid", daemon.get().pid());
        json.writeStringField("since", daemon.get().since().toString());
        json.writeStringField("log", daemon.get().log().toString());
      }
      json.writeNumberField("parked", parked.size());
      if (next.isPresent()) {
        json.writeStringField("next", next.get().toString());
      }
      json.writeEndObject();
    });
  }
}
