package mimo.cli.command.extension;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import mimo.agent.skill.Skill;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.extension.SkillFiles;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo skills list`: every skill that counts here, by name.
final class SkillsList implements Subcommand {

  private static final int ABOUT_CHARS = 100;

  private final Setting setting;

  SkillsList(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var list = Options.command("list", "List the skills agents have here.");
    Options.addFormat(list);
    return list;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var skills = SkillFiles.in(ExtensionSetting.grounds(setting)).all();
    switch (Options.format(words)) {
      case TEXT -> table(skills);
      case JSON ->
          setting.say(
              JsonText.of(json -> {
                json.writeStartObject();
                json.writeNumberField("v", 1);
                json.writeArrayFieldStart("skills");
                for (var skill : skills) {
                  write(json, skill);
                }
                json.writeEndArray();
                json.writeEndObject();
              }));
      case STREAM_JSON ->
          skills.forEach(skill -> setting.say(JsonText.of(json -> write(json, skill))));
    }
    return ExitCode.OK;
  }

  private void table(List<Skill> skills) {
    if (skills.isEmpty()) {
      setting.say("There are no skills here. One is a file .mimocode/skills/NAME/SKILL.md.");
    }
    int width = skills.stream().mapToInt(skill -> skill.name().length()).max().orElse(1);
    for (var skill : skills) {
      var line =
          ("%-" + width + "s  %-10s  %s")
              .formatted(
                  skill.name(),
                  skill.owner().word(),
                  TerminalText.cut(skill.description(), ABOUT_CHARS));
      setting.say(TerminalText.oneLine(line));
    }
  }

  private static void write(JsonGenerator json, Skill skill) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", skill.name());
    json.writeStringField("owner", skill.owner().word());
    json.writeStringField("description", skill.description());
    json.writeStringField("folder", skill.folder().toString());
    json.writeEndObject();
  }
}
