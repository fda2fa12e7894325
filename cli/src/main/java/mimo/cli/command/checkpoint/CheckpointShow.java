package mimo.cli.command.checkpoint;

import java.util.Arrays;
import java.util.stream.Collectors;
import mimo.agent.checkpoint.Section;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Format;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo checkpoint show`: one, or a section of it.
final class CheckpointShow implements Subcommand {

  private final Setting setting;

  CheckpointShow(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec = Options.command("show", "Show the checkpoint of a session, or one section of it.");
    spec.addPositional(
        Options.optional(
            "SESSION", "Id of a session, or its first digits (default the one written last)."));
    spec.addOption(Options.text("--section", "SECTION", "Only this one, such as constraints."));
    Options.addFormat(spec);
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo checkpoint show",
            "  mimo checkpoint show 7f3a --section errors-and-fixes");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = new CheckpointDesk(setting.memory().get());
    var section = section(Options.text(words, "--section"));
    var found = MemoryDesk.told(() -> desk.find(words.matchedPositionalValue(0, "")));
    if (Options.format(words) != Format.TEXT) {
      setting.say(
          CheckpointWords.object(json -> {
            CheckpointWords.write(json, found);
            if (section == null) {
              CheckpointWords.writeSections(json, found);
            } else {
              json.writeStringField("section", section.word());
              json.writeStringField("text", found.checkpoint().section(section));
            }
          }));
    } else if (section == null) {
      setting.say(found.checkpoint().markdown().stripTrailing());
    } else {
      setting.say(found.checkpoint().section(section));
    }
    return ExitCode.OK;
  }

  private static @Nullable Section section(@Nullable String word) {
    return word == null
        ? null
        : Section.of(word)
            .orElseThrow(() ->
                new CommandException(
                    "usage",
                    "--section is one of %s; found '%s'"
                        .formatted(
                            Arrays.stream(Section.values())
                                .map(Section::word)
                                .collect(Collectors.joining(", ")),
                            word)));
  }
}
