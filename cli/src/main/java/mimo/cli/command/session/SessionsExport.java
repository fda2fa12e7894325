package mimo.cli.command.session;

import java.nio.file.Path;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo sessions export`: writes all of a session into one file.
final class SessionsExport implements Subcommand {

  private final Setting setting;

  SessionsExport(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "export",
            "Write all of a session into one file.",
            "",
            "What looks like a secret is removed from the file, also where the store keeps it. The",
            "file can be read by mimo sessions import.",
            "");
    spec.addPositional(SessionWords.id());
    spec.addOption(
        Options.text(
            "--output", "FILE", "Where to; SESSION.mimosession in this folder if not said."));
    Options.addFormat(spec);
    spec.usageMessage().footer("", "Examples:", "  mimo sessions export 7f3a");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var desk = setting.sessions().get();
    var named = Options.text(words, "--output");
    if ("-".equals(named)) {
      throw new CommandException("usage", "--output names a file; a session is not printed");
    }
    var id = desk.find(words.matchedPositionalValue(0, "")).id();
    var exported = desk.export(id, named == null ? null : Path.of(named));
    setting.say(
        Options.format(words) == Format.TEXT
            ? exported.file().toString()
            : SessionWords.answer(
                id,
                json -> {
                  json.writeStringField("file", exported.file().toString());
                  json.writeNumberField("bytes", exported.bytes());
                }));
    return ExitCode.OK;
  }
}
