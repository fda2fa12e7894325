package mimo.cli.command.runs;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo runs pin` and `mimo runs unpin`: keep runs from being removed by age.
final class RunsPin implements Subcommand {

  private final Setting setting;
  private final Wish wish;

  /// What is to become of the pin.
  enum Wish {
    PIN,
    UNPIN
  }

  RunsPin(Setting setting, Wish wish) {
    this.setting = setting;
    this.wish = wish;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        wish == Wish.PIN
            ? Options.command("pin", "Keep runs, however old: mimo runs gc passes them over.")
            : Options.command("unpin", "Let mimo runs gc remove runs again when they are old.");
    spec.addPositional(Options.several("RUN", 1, "Ids of runs, or their first digits."));
    spec.usageMessage().footer("", "Examples:", "  mimo runs " + spec.name() + " 7f3a");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var runs = setting.runs().get();
    var ids = Options.several(words).stream().map(prefix -> runs.id(prefix)).toList();
    var shelf = runs.shelf();
    ids.forEach(wish == Wish.PIN ? shelf::pin : shelf::unpin);
    return ExitCode.OK;
  }
}
