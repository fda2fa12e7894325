package mimo.cli.command.session;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo goal clear`: the agent of a session may stop again when it likes (G1).
final class GoalClear implements Subcommand {

  private final Setting setting;

  GoalClear(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec = Options.command("clear", "End the goal of a session; its turns and files stay.");
    spec.addPositional(SessionWords.idOrLast());
    Options.addFormat(spec);
    spec.usageMessage().footer("", "Examples:", "  mimo goal clear", "  mimo goal clear 7f3a");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = setting.sessions().get();
    var id = SessionWords.meant(desk, words);
    boolean cleared = desk.clearGoal(id);
    if (Options.format(words) == Format.TEXT) {
      setting.say(
          cleared
              ? "The goal of session " + id + " is cleared."
              : "Session " + id + " has no goal.");
    } else {
      setting.say(
          SessionWords.answer(
              id,
              json -> {
                json.writeBooleanField("cleared", cleared);
                if (cleared) {
                  json.writeStringField("state", "cleared");
                }
              }));
    }
    return ExitCode.OK;
  }
}
