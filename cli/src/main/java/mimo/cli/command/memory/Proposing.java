package mimo.cli.command.memory;

import mimo.agent.AgentLimits;
import mimo.agent.proposal.Outcome;
import mimo.agent.proposal.Wish;
import mimo.agent.proposal.Wish.Untrusted;
import mimo.agent.provider.Price;
import mimo.agent.provider.TokenUsage;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Figures;
import mimo.cli.terminal.Format;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// What the commands share that have a model think of a proposal.
///
/// @param days that are looked back where nobody says otherwise
record Proposing(Setting setting, int days) {

  private static final int MOST_DAYS = 365;

  /// Thinks of one.
  interface Thought {
    Outcome of(Wish wish, CancellationToken stop) throws InterruptedException;
  }

  void addOptions(CommandSpec spec) {
    spec.addOption(Options.text("--model", "MODEL", "The model to ask (default as for mimo run)."));
    spec.addOption(Options.text("--days", "N", "Look back so many days (default " + days + ")."));
    spec.addOption(
        Options.flag("--untrusted", "Show the model what is from the web and others' tools too."));
    Options.addFormat(spec);
  }

  ExitCode run(ParseResult words, Thought thought) throws InterruptedException {
    var desk = setting.memory().get();
    var dreams = desk.dreams();
    var given = Options.number(words, "--days", MOST_DAYS);
    var wish =
        new Wish(
            given == null ? days : given,
            dreams.model(Options.text(words, "--model")),
            words.hasMatchedOption("--untrusted") ? Untrusted.SHOWN : Untrusted.LEFT_OUT);
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
          MemoryDesk.told(() -> thought.of(wish, stop)),
          wish.model().price(),
          Options.format(words));
    }
  }

  private ExitCode tell(MemoryDesk desk, Outcome outcome, @Nullable Price price, Format format)
      throws InterruptedException {
    var view = new ProposalView(setting, desk);
    switch (outcome) {
      case Outcome.Failed(var code, var message, var usage) -> {
        used(usage, price);
        throw new CommandException(code, message);
      }
      case Outcome.Proposed(var proposal, var usage) -> {
        MemoryDesk.told(() -> view.show(proposal, format));
        used(usage, price);
      }
      case Outcome.Nothing(var notes, var usage) -> {
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
