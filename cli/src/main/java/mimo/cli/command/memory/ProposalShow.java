package mimo.cli.command.memory;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory proposals show`: what would change, and why.
final class ProposalShow implements Subcommand {

  private final Setting setting;

  ProposalShow(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "show", "Show what a proposal would change, and what each change rests on.");
    spec.addPositional(Options.required("ID", "The id of a proposal, or its first digits."));
    Options.addFormat(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = setting.memory().get();
    return MemoryDesk.told(() -> {
      var proposal = desk.dreams().proposals().find(words.matchedPositionalValue(0, ""));
      return new ProposalView(setting, desk).show(proposal, Options.format(words));
    });
  }
}
