package mimo.cli.command.session;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo sessions fork`: a new session with everything that was said in another one.
final class SessionsFork implements Subcommand {

  private final Setting setting;

  SessionsFork(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "fork",
            "Copy a session, to go on in the copy.",
            "",
            "What is said in either later is not in the other. A session that another process has",
            "open is copied as far as it is written down.",
            "");
    spec.addPositional(SessionWords.id());
    Options.addFormat(spec);
    spec.usageMessage().footer("", "Examples:", "  mimo sessions fork 7f3a");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = setting.sessions().get();
    var parent = desk.find(words.matchedPositionalValue(0, "")).id();
    var id = desk.fork(parent);
    setting.say(
        Options.format(words) == Format.TEXT
            ? id.value()
            : SessionWords.answer(id, json -> json.writeStringField("parent", parent.value())));
    return ExitCode.OK;
  }
}
