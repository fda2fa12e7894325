package mimo.cli.command.session;

import java.util.List;
import mimo.cli.command.Options;
import mimo.cli.command.SessionDesk.Line;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo sessions list`: one line for each session, the one used last first.
final class SessionsList implements Subcommand {

  private final Setting setting;

  SessionsList(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec = Options.command("list", "List sessions, the one used last first.");
    spec.addOption(Options.text("--limit", "N", "Only the first N of them."));
    Options.addFormat(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var limit = Options.number(words, "--limit", Integer.MAX_VALUE);
    List<Line> lines =
        setting.sessions().get().list().stream()
            .limit(limit == null ? Long.MAX_VALUE : limit)
            .toList();
    switch (Options.format(words)) {
      case TEXT -> {
        lines.stream().map(SessionWords::line).forEach(setting::say);
        if (lines.isEmpty()) {
          setting.terminal().err().print("no sessions yet; begin one with mimo run\n");
        }
      }
      case JSON ->
          setting.say(
              "{\"v\":1,\"sessions\":["
                  + String.join(",", lines.stream().map(SessionWords::json).toList())
                  + "]}");
      case STREAM_JSON -> lines.stream().map(SessionWords::json).forEach(setting::say);
    }
    return ExitCode.OK;
  }
}
