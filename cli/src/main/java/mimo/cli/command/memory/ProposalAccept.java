package mimo.cli.command.memory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import mimo.agent.proposal.Acceptance;
import mimo.agent.proposal.Change;
import mimo.agent.proposal.Draft;
import mimo.agent.proposal.Proposal;
import mimo.agent.proposal.Suggestion;
import mimo.agent.proposal.Suggestion.State;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Format;
import mimo.cli.trust.Written;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory proposals accept`: does what a proposal says, or some of it.
final class ProposalAccept implements Subcommand {

  private final Setting setting;

  ProposalAccept(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "accept",
            "Do what a proposal says, or only the changes with these numbers.",
            "",
            "An entry or file that was changed since stays as it is, and no file is overwritten.",
            "What is from the web or a tool of somebody else's becomes a rule, a skill or a"
                + " command,",
            "or counts everywhere, only if you accept it by its number.",
            "");
    spec.addPositional(
        Options.several("ID", 1, "The id of a proposal, and numbers of its changes."));
    Options.addFormat(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo memory proposals accept p4f21",
            "  mimo memory proposals accept p4f21 1 3");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = setting.memory().get();
    var given = Options.several(words);
    return MemoryDesk.told(() -> {
      var proposal = desk.dreams().proposals().find(given.getFirst());
      var numbers = numbers(proposal, given.subList(1, given.size()));
      var settling = new Settling(desk.dreams().acceptance());
      var exit = tell(desk, settling.settle(proposal, numbers), settling, Options.format(words));
      settling.requireAll(proposal);
      return exit;
    });
  }

  /// Accepts a proposal, and keeps what comes of its files.
  private final class Settling implements Acceptance.Listener {

    private final Acceptance acceptance;
    private final Written written = new Written();
    private final Map<Draft, String> failed = new HashMap<>();

    Settling(Acceptance acceptance) {
      this.acceptance = acceptance;
    }

    Proposal settle(Proposal proposal, Set<Integer> numbers) throws InterruptedException {
      var project = acceptance.memory().layout().ofProject();
      var files = new ArrayList<Path>();
      for (var each : proposal.suggestions()) {
        switch (each.change()) {
          case Draft draft -> files.add(acceptance.files().file(draft));
          case Change.OfMemory(var place, _) when place.equals(project.name()) -> {
            files.add(project.file());
            written.file(project.file());
          }
          case Change.OfMemory _ -> {}
        }
      }
      var settled = new AtomicReference<>(proposal);
      OwnWords.write(
          setting, files, written, () -> settled.set(acceptance.accept(proposal, numbers, this)));
      return settled.get();
    }

    @Override
    public void written(Draft draft) {
      written.text(acceptance.files().file(draft), draft.text());
    }

    @Override
    public void failed(Draft draft, String why) {
      failed.put(draft, why);
    }

    Optional<String> failure(Suggestion suggestion) {
      return suggestion.draft().map(failed::get);
    }

    /// The rest of it was done and told.
    void requireAll(Proposal proposal) {
      if (!failed.isEmpty()) {
        throw new CommandException(
            "memory_failed",
            "%d of its files could not be written: %s; put that right, and accept %s again"
                .formatted(failed.size(), String.join("; ", failed.values()), proposal.id()));
      }
    }
  }

  private ExitCode tell(MemoryDesk desk, Proposal settled, Settling settling, Format format) {
    if (format != Format.TEXT) {
      return new ProposalView(setting, desk).show(settled, format);
    }
    setting.say(settled.id() + ": " + ProposalsCommand.standing(settled));
    int number = 0;
    for (var each : settled.suggestions()) {
      number++;
      var failure = settling.failure(each);
      if (failure.isPresent()) {
        setting.say("  %d was not made: %s".formatted(number, failure.get()));
      } else if (each.state() == State.OUTDATED) {
        setting.say("  %d was not made: what it changes is not as it was".formatted(number));
      } else if (each.state().waits()) {
        setting.say("  %d waits; accept it by its number".formatted(number));
      } else if (each.state() == State.ACCEPTED && each.change() instanceof Draft draft) {
        var file = desk.dreams().acceptance().files().file(draft);
        setting.say("  %d %s".formatted(number, new ProposalView(setting, desk).name(draft)));
        setting.say("    " + DraftUse.of(setting, draft, file).words(draft));
      }
    }
    return ExitCode.OK;
  }

  private static Set<Integer> numbers(Proposal proposal, List<String> given) {
    var numbers = new TreeSet<Integer>();
    for (var word : given) {
      int number = word.matches("\\d{1,4}") ? Integer.parseInt(word) : 0;
      if (number < 1 || number > proposal.suggestions().size()) {
        throw new CommandException(
            "memory_proposal", "'%s' is no change of %s".formatted(word, proposal.id()));
      }
      numbers.add(number);
    }
    var states = proposal.suggestions();
    boolean waits =
        numbers.isEmpty()
            ? proposal.isOpen()
            : numbers.stream().allMatch(each -> states.get(each - 1).state().waits());
    if (!waits) {
      throw new CommandException(
          "memory_proposal", "what was asked for of " + proposal.id() + " does not wait any more");
    }
    return numbers;
  }
}
