package mimo.cli.command.extension;

import java.util.List;
import mimo.agent.skill.Skill;
import mimo.agent.skill.Skills.Reading;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.error.Nearest;
import mimo.cli.extension.SkillFiles;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo skills show`: one skill as an agent gets to read it.
final class SkillsShow implements Subcommand {

  private final Setting setting;

  SkillsShow(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var show = Options.command("show", "Show a skill as agents get to read it.");
    show.addPositional(Options.required("NAME", "The skill's name."));
    Options.addFormat(show);
    return show;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var name = words.matchedPositionalValue(0, "");
    var skills = SkillFiles.in(ExtensionSetting.grounds(setting));
    var skill = skills.find(name).orElseThrow(() -> unknown(name, skills.all()));
    var text =
        switch (skills.read(skill, Skill.FILE)) {
          case Reading.Found(var found) -> found.strip();
          case Reading.Refused(var why) -> throw new CommandException("skill_unknown", why);
        };
    var beside = skills.beside(skill);
    switch (Options.format(words)) {
      case TEXT -> {
        setting.say(TerminalText.oneLine(skill.name() + ": " + skill.description()));
        setting.say(TerminalText.oneLine(skill.owner().word() + ": " + skill.folder()) + "\n");
        setting.say(TerminalText.visible(text));
        if (!beside.isEmpty()) {
          setting.say("\n" + TerminalText.oneLine("Files beside it: " + String.join(", ", beside)));
        }
      }
      case JSON, STREAM_JSON ->
          setting.say(
              JsonText.of(json -> {
                json.writeStartObject();
                json.writeNumberField("v", 1);
                json.writeStringField("skill", skill.name());
                json.writeStringField("owner", skill.owner().word());
                json.writeStringField("description", skill.description());
                json.writeStringField("folder", skill.folder().toString());
                json.writeStringField("text", text);
                json.writeArrayFieldStart("files");
                for (var file : beside) {
                  json.writeString(file);
                }
                json.writeEndArray();
                json.writeEndObject();
              }));
    }
    return ExitCode.OK;
  }

  private static CommandException unknown(String name, List<Skill> skills) {
    var names = skills.stream().map(Skill::name).toList();
    return new CommandException(
        "skill_unknown", "there is no skill '" + name + "'" + Nearest.hint(name, names));
  }
}
