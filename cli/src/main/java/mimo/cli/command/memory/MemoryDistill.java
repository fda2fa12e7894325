package mimo.cli.command.memory;

import mimo.agent.skill.Skill.Owner;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory distill`: proposes skills and commands (M24).
final class MemoryDistill implements Subcommand {

  private static final int DAYS = 30;

  private final Setting setting;
  private final Proposing proposing;

  MemoryDistill(Setting setting) {
    this.setting = setting;
    this.proposing = new Proposing(setting, DAYS);
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "distill",
            "Propose skills and commands from what the last weeks' sessions did.",
            "",
            "A model is shown what you asked for, what agents ran, and what was done again and",
            "again. What it proposes quotes the sessions word for word, or is left out. With",
            "--model offline nobody is asked: what was done again and again is listed. No file is",
            "written before you accept it.",
            "");
    proposing.addOptions(spec);
    spec.addOption(
        Options.flag("--global", "Propose them for all your projects, not for this one."));
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo memory distill",
            "  mimo memory distill --days 90 --global",
            "  mimo memory distill --model offline");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var owner = words.hasMatchedOption("--global") ? Owner.USER : Owner.REPOSITORY;
    return proposing.run(
        words,
        (wish, stop) -> {
          var desk = setting.memory().get();
          var ground = new DistillGround(setting, desk).of(owner);
          return desk.dreams().distilling().distill(wish, ground, stop);
        });
  }
}
