package mimo.cli.command.memory;

import mimo.agent.AgentLimits;
import mimo.agent.dream.Dreaming.Result;
import mimo.agent.dream.Dreaming.Wish;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Figures;
import mimo.cli.terminal.Format;
import mimo.engine.CancellationSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory dream`: proposes what to change in the memory (M24).
final class MemoryDream implements Subcommand {

  private static final int DAYS = 7;
  private static final int MOST_DAYS = 365;

  private final Setting setting;

  MemoryDream(Setting setting) {
    this.setting = setting;
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
    spec.addOption(Options.text("--model", "MODEL", "The model to ask (default as for mimo run)."));
    spec.addOption(Options.text("--days", "N", "Look back so many days (default " + DAYS + ")."));
    spec.addOption(
        Options.flag("--untrusted", "Show the model what is from the web and others' tools too."));
    Options.addFormat(spec);
    spec.usageMessage()
        .footer("", "Examples:", "  mimo memory dream", "  mimo memory dream --model offline");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = setting.memory().get();
    var dreams = desk.dreams();
    var days = Options.number(words, "--days", MOST_DAYS);
    var wish =
        new Wish(
            days == null ? DAYS : days,
            dreams.model(Options.text(words, "--model")),
            words.hasMatchedOption("--untrusted"));
    if (MemoryDesk.told(dreams.proposals()::isFull)) {
      throw new CommandException(
          "memory_proposal",
          "%d proposals of this project wait, which is the most; accept or reject some of them:"
                  .formatted(AgentLimits.MEMORY_PROPOSALS)
              + " mimo memory proposals");
    }
    var stop = new CancellationSource();
    try (var _ = setting.interrupts().onInterrupt(stop::cancel)) {
      return tell(
          desk,
          MemoryDesk.told(() -> dreams.dreaming().dream(wish, stop)),
          wish.model().price(),
          Options.format(words));
    }
  }

  private ExitCode tell(MemoryDesk desk, Result result, @Nullable Price price, Format format)
      throws InterruptedException {
    var view = new ProposalView(setting, desk);
    switch (result) {
      case Result.Failed(var code, var message, var usage) -> {
        used(usage, price);
        throw new CommandException(code, message);
      }
      case Result.Proposed(var proposal, var usage) -> {
        MemoryDesk.told(() -> view.show(proposal, format));
        used(usage, price);
      }
      case Result.Nothing(var notes, var usage) -> {
        view.nothing(notes, format);
        used(usage, price);
      }
    }
    return ExitCode.OK;
  }

  private void used(TokenUsage usage, @Nullable Price price) {
    if (usage.input() + usage.output() > 0) {
      setting
          .terminal()
          .err()
          .print(
              "the model used %s tokens in, %s out%s\n"
                  .formatted(
                      Figures.tokens(usage.input()),
                      Figures.tokens(usage.output()),
                      price == null ? "" : ", " + Figures.dollars(price.microUsd(usage))));
    }
  }
}
