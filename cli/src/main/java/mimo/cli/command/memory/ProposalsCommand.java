package mimo.cli.command.memory;

import java.util.List;
import mimo.agent.proposal.Proposal;
import mimo.agent.proposal.Suggestion.State;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.command.Subcommands;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Figures;
import mimo.cli.terminal.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory proposals`: what was proposed, and what becomes of it (M24).
final class ProposalsCommand implements Subcommand {

  private final Setting setting;
  private final Subcommands commands = new Subcommands("memory proposals");

  ProposalsCommand(Setting setting) {
    this.setting = setting;
    commands.put("show", new ProposalShow(setting));
    commands.put("accept", new ProposalAccept(setting));
    commands.put("reject", new ProposalReject(setting));
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "proposals", "List what was proposed by dream and distill, the latest first.");
    Options.addFormat(spec);
    commands.addTo(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo memory proposals",
            "  mimo memory proposals show p4f21",
            "  mimo memory proposals accept p4f21");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    if (words.hasSubcommand()) {
      return commands.run(words);
    }
    var proposals = MemoryDesk.told(setting.memory().get().dreams().proposals()::list);
    if (Options.format(words) == Format.TEXT) {
      proposals.forEach(each -> setting.say(ProposalView.head(each) + ": " + standing(each)));
      if (proposals.isEmpty()) {
        setting
            .terminal()
            .err()
            .print("nothing was proposed yet; mimo memory dream and distill do\n");
      }
      return ExitCode.OK;
    }
    setting.say(
        MemoryWords.object(json -> {
          json.writeArrayFieldStart("proposals");
          for (var each : proposals) {
            json.writeStartObject();
            json.writeStringField("id", each.id());
            json.writeStringField("at", each.at().toString());
            json.writeStringField("origin", each.origin().word());
            json.writeStringField("author", each.author());
            json.writeBooleanField("open", each.isOpen());
            json.writeNumberField("suggestions", each.suggestions().size());
            json.writeEndObject();
          }
          json.writeEndArray();
        }));
    return ExitCode.OK;
  }

  /// How many of its changes wait, or how it ended.
  static String standing(Proposal proposal) {
    var states = proposal.suggestions().stream().map(each -> each.state()).toList();
    return String.join(
        ", ",
        List.of(State.values()).stream()
            .filter(states::contains)
            .map(state -> count(states, state))
            .toList());
  }

  private static String count(List<State> states, State state) {
    long number = states.stream().filter(state::equals).count();
    return Figures.count(number, "change") + " " + ProposalView.word(state);
  }
}
