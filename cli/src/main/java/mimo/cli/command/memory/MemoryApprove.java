package mimo.cli.command.memory;

import java.util.List;
import mimo.agent.memory.MemoryEntry;
import mimo.agent.memory.Source;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory approve`: the user takes an entry for his own (M4).
final class MemoryApprove implements Subcommand {

  private final Setting setting;

  MemoryApprove(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "approve",
            "Take an entry of an agent, a tool or the web for your own.",
            "",
            "Until then, what is from the web or a tool of somebody else's is told to agents as",
            "quoted data. Where it was from stays known.",
            "");
    spec.addPositional(Options.required("ENTRY", "The id of an entry, or its first digits."));
    spec.addOption(Options.text("--as", "WHAT", "rule: put it among the rules of the project."));
    Options.addFormat(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo memory approve m4f21",
            "  mimo memory approve m4f21 --as rule");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var as = Options.text(words, "--as");
    if (as != null && !as.equals("rule")) {
      throw new CommandException("usage", "--as is rule; found '" + as + "'");
    }
    var desk = setting.memory().get();
    return MemoryDesk.told(() -> {
      var entry = desk.memory().find(words.matchedPositionalValue(0, ""), desk.places());
      var files = List.of(entry.place().file(), desk.memory().layout().ofProject().file());
      var approved = new MemoryEntry[1];
      OwnWords.write(setting, files, () -> approved[0] = approved(desk, entry, as != null));
      tell(entry, approved[0], Options.format(words));
      return ExitCode.OK;
    });
  }

  private static MemoryEntry approved(MemoryDesk desk, MemoryEntry entry, boolean rule)
      throws InterruptedException {
    if (rule) {
      return desk.memory().revisions().approveAsRule(entry);
    }
    var kind = entry.provenance().source().kind();
    if (kind == Source.Kind.USER || kind == Source.Kind.UNVERIFIED) {
      throw new CommandException(
          "usage",
          "the entry %s is from %s and needs no approval; --as rule puts it among the rules"
              .formatted(entry.id(), entry.provenance().source().word()));
    }
    return desk.memory().revisions().approve(entry);
  }

  private void tell(MemoryEntry before, MemoryEntry entry, Format format) {
    if (format == Format.TEXT) {
      setting.say(
          "approved %s, from %s: %s %s"
              .formatted(
                  before.id(),
                  before.provenance().source().word(),
                  entry.place().name(),
                  entry.id()));
      setting.say(MemoryWords.line(entry));
      return;
    }
    setting.say(
        MemoryWords.object(json -> {
          MemoryWords.write(json, entry.place());
          MemoryWords.write(json, entry);
        }));
  }
}
