package mimo.cli.command.memory;

import java.util.Locale;
import mimo.agent.memory.Memory.Version;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory log`: the versions of a file that are kept.
final class MemoryVersions implements Subcommand {

  private final Setting setting;

  MemoryVersions(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command("log", "List the versions of a file that are kept, the latest first.");
    spec.addPositional(Options.optional("FILE", "global, project or a name (default project)."));
    Options.addFormat(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = setting.memory().get();
    var place = desk.place(words.matchedPositionalValue(0, "project"));
    var versions = MemoryDesk.told(() -> desk.memory().versions(place)).reversed();
    if (Options.format(words) == Format.TEXT) {
      versions.forEach(version -> setting.say(line(version)));
      if (versions.isEmpty()) {
        setting.terminal().err().print("no version of " + place.name() + " is kept\n");
      }
    } else {
      setting.say(
          MemoryWords.object(json -> {
            MemoryWords.write(json, place);
            json.writeArrayFieldStart("versions");
            for (var version : versions) {
              json.writeStartObject();
              json.writeNumberField("version", version.number());
              json.writeStringField("at", version.at().toString());
              json.writeStringField("by", version.by());
              json.writeEndObject();
            }
            json.writeEndArray();
          }));
    }
    return ExitCode.OK;
  }

  private static String line(Version version) {
    return String.format(
        Locale.ROOT,
        "%5s  %s  %s",
        version.number() == 0 ? "now" : version.number(),
        version.at().toString().substring(0, 16).replace('T', ' '),
        version.by());
  }
}
