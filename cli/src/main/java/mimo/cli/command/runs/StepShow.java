package mimo.cli.command.runs;

import java.util.List;
import mimo.cli.command.Runs;
import mimo.cli.command.Setting;
import mimo.cli.error.CommandException;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.SessionJson;
import mimo.cli.terminal.SessionReport;
import mimo.engine.RunEvent;
import mimo.engine.RunId;

/// `mimo runs show RUN --step N`: tells what one agent said and did.
final class StepShow {

  private final Setting setting;
  private final Runs runs;
  private final RunId run;

  StepShow(Setting setting, Runs runs, RunId run) {
    this.setting = setting;
    this.runs = runs;
    this.run = run;
  }

  void show(int step, Format format) {
    var title = title(runs.events(run), step);
    var prompt = runs.asked(run, step).flatMap(it -> JsonText.text(it, "prompt")).orElse("");
    var entries = runs.session(run, step);
    switch (format) {
      case TEXT ->
          new SessionReport(title, prompt, entries, setting.outStyle())
              .lines()
              .forEach(setting::show);
      case JSON -> setting.show(new SessionJson(run, step, prompt, entries).object());
      case STREAM_JSON ->
          new SessionJson(run, step, prompt, entries).lines().forEach(setting::show);
    }
  }

  private String title(List<RunEvent> events, int step) {
    for (var event : events.reversed()) {
      if (event instanceof RunEvent.StepScheduled asked && asked.seq() == step) {
        var name = asked.label().isEmpty() ? asked.kind().word() : asked.label();
        return "#" + step + " " + name;
      }
    }
    throw new CommandException("step_unknown", "run " + run + " has no step " + step);
  }
}
