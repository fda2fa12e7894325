package mimo.cli.command.memory;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory dream`: proposes what to change in the memory (M24).
final class MemoryDream implements Subcommand {

  private static final int DAYS = 7;

  private final Setting setting;
  private final Proposing proposing;

  MemoryDream(Setting setting) {
    this.setting = setting;
    this.proposing = new Proposing(setting, DAYS);
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "dream",
            "Propose what to merge, correct and remove in the memory.",
            "",
            "A model is shown the memory of the project, the global one, and what the last days'",
            "sessions said. With --model offline nobody is asked: only entries are found that say",
            "what others say. Nothing changes before you accept it.",
            "");
    proposing.addOptions(spec);
    spec.usageMessage()
        .footer("", "Examples:", "  mimo memory dream", "  mimo memory dream --model offline");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    return proposing.run(
        words, (wish, stop) -> setting.memory().get().dreams().dreaming().dream(wish, stop));
  }
}
