package mimo.cli.command.session;

import java.util.OptionalInt;
import mimo.agent.TurnReversal.Outcome.Done;
import mimo.agent.snapshot.Snapshots.Others;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.ReversalReport;
import mimo.engine.SessionId;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo sessions revert`: takes turns of a session back, or has them again.
final class SessionsRevert implements Subcommand {

  private static final int MOST_TURNS = 1_000_000;

  private final Setting setting;

  SessionsRevert(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "revert",
            "Take turns of a session back: what was said, and the files they changed.",
            "",
            "Files that somebody else has changed since are kept, and named. What .gitignore names",
            "and files over 10 MB are never touched. Nothing is lost: --redo has the turns again,",
            "one by one, until something else is asked.",
            "");
    spec.addPositional(SessionWords.id());
    spec.addOption(
        Options.text(
            "--turn",
            "N",
            "From which on; mimo sessions show numbers what was asked (default: the last)."));
    spec.addOption(Options.flag("--force", "Bring back also files others have changed since."));
    spec.addOption(Options.flag("--redo", "Have the turn again that was taken back."));
    Options.addFormat(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo sessions revert 7f3a",
            "  mimo sessions revert 7f3a --turn 2",
            "  mimo sessions revert 7f3a --redo");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var turn = Options.number(words, "--turn", MOST_TURNS);
    boolean again = words.hasMatchedOption("--redo");
    if (again && turn != null) {
      throw new CommandException("usage", "--redo has the turns again in their order, without N");
    }
    var desk = setting.sessions().get();
    var id = desk.find(words.matchedPositionalValue(0, "")).id();
    var others = words.hasMatchedOption("--force") ? Others.OVERRULED : Others.KEPT;
    var first = turn == null ? OptionalInt.empty() : OptionalInt.of(turn);
    var done = again ? desk.redo(id, others) : desk.undo(id, first, others);
    tell(id, done, again, Options.format(words));
    return ExitCode.OK;
  }

  private void tell(SessionId id, Done done, boolean again, Format format) {
    var report = new ReversalReport(done, setting.outStyle());
    if (format != Format.TEXT) {
      setting.say(SessionWords.answer(id, report::write));
      return;
    }
    var back = "mimo sessions revert " + id;
    var force = again ? back + ", then --redo --force" : back + " --redo, then --force";
    report.lines(again ? "redid" : "undid", force).forEach(setting::show);
    if (!again) {
      setting.say("asked was:");
      setting.say(done.prompt());
    }
  }
}
