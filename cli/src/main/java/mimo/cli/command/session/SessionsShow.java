package mimo.cli.command.session;

import mimo.cli.command.Options;
import mimo.cli.command.SessionDesk.Line;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.SessionEntries;
import mimo.cli.terminal.SessionReport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo sessions show`: everything that was said in a session.
final class SessionsShow implements Subcommand {

  private final Setting setting;

  SessionsShow(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "show",
            "Show what was said in a session.",
            "",
            "Long texts are cut; with --json they are whole.",
            "");
    spec.addPositional(SessionWords.id());
    Options.addFormat(spec);
    spec.usageMessage().footer("", "Examples:", "  mimo sessions show 7f3a");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var desk = setting.sessions().get();
    var line = desk.find(words.matchedPositionalValue(0, ""));
    var entries = desk.said(line.id());
    switch (Options.format(words)) {
      case TEXT -> {
        var report = new SessionReport(title(line), "", entries, setting.outStyle());
        try {
          report.lines().forEach(setting::show);
        } catch (IllegalArgumentException unknown) {
          throw new CommandException(
              "session_unreadable", "session " + line.id() + ": " + unknown.getMessage());
        }
      }
      case JSON ->
          setting.say(SessionEntries.object(json -> SessionWords.write(json, line), entries));
      case STREAM_JSON -> SessionEntries.lines(entries).forEach(setting::say);
    }
    return ExitCode.OK;
  }

  private static String title(Line line) {
    var parent = line.parent() == null ? "" : ", a fork of " + line.parent();
    return "session " + line.id() + " in " + line.workspace() + parent;
  }
}
