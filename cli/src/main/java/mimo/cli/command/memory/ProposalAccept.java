package mimo.cli.command.memory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import mimo.agent.proposal.Draft;
import mimo.agent.proposal.Proposal;
import mimo.agent.proposal.Suggestion.State;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Format;
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
      var settled = new Proposal[1];
      OwnWords.write(
          setting,
          files(desk, proposal),
          () -> settled[0] = desk.dreams().acceptance().accept(proposal, numbers));
      return tell(desk, settled[0], Options.format(words));
    });
  }

  /// All that may be written.
  private static List<Path> files(MemoryDesk desk, Proposal proposal) {
    var files = new ArrayList<Path>();
    files.add(desk.memory().layout().ofProject().file());
    for (var each : proposal.suggestions()) {
      each.draft().map(desk.dreams().acceptance().files()::file).ifPresent(files::add);
    }
    return files;
  }

  private ExitCode tell(MemoryDesk desk, Proposal settled, Format format) {
    if (format != Format.TEXT) {
      return new ProposalView(setting, desk).show(settled, format);
    }
    setting.say(settled.id() + ": " + ProposalsCommand.standing(settled));
    int number = 0;
    for (var each : settled.suggestions()) {
      number++;
      if (each.state() == State.OUTDATED) {
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
