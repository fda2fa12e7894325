package mimo.cli.command.session;

import java.nio.file.Path;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo sessions import`: takes an exported session into the store.
final class SessionsImport implements Subcommand {

  private final Setting setting;

  SessionsImport(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "import",
            "Take an exported session into the store.",
            "",
            "The file is checked first, entry by entry; of one that is damaged nothing is taken."
                + " If",
            "the store has a session of the same id, the imported one gets another.",
            "");
    spec.addPositional(Options.required("FILE", "What mimo sessions export wrote."));
    Options.addFormat(spec);
    spec.usageMessage().footer("", "Examples:", "  mimo sessions import 7f3a90b1c2d4.mimosession");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var id = setting.sessions().get().take(Path.of(words.matchedPositionalValue(0, "")));
    setting.say(
        Options.format(words) == Format.TEXT ? id.value() : SessionWords.answer(id, _ -> {}));
    return ExitCode.OK;
  }
}
