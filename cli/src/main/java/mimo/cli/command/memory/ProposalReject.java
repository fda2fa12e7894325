package mimo.cli.command.memory;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory proposals reject`: nothing of a proposal is wanted.
final class ProposalReject implements Subcommand {

  private final Setting setting;

  ProposalReject(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec = Options.command("reject", "Reject what waits of a proposal; nothing changes.");
    spec.addPositional(Options.required("ID", "The id of a proposal, or its first digits."));
    Options.addFormat(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var dreams = setting.memory().get().dreams();
    return MemoryDesk.told(() -> {
      var proposal = dreams.proposals().find(words.matchedPositionalValue(0, ""));
      if (!proposal.isOpen()) {
        throw new CommandException(
            "memory_proposal", "nothing of " + proposal.id() + " waits any more");
      }
      var settled = dreams.acceptance().reject(proposal);
      if (Options.format(words) == Format.TEXT) {
        setting.say(settled.id() + ": " + ProposalsCommand.standing(settled));
        return ExitCode.OK;
      }
      return new ProposalView(setting, setting.memory().get()).show(settled, Options.format(words));
    });
  }
}
