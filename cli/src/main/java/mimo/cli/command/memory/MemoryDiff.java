package mimo.cli.command.memory;

import java.nio.charset.StandardCharsets;
import mimo.agent.edit.UnifiedDiff;
import mimo.agent.memory.MemoryPlace;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo memory diff`: what changed between two versions of a file.
final class MemoryDiff implements Subcommand {

  private final Setting setting;

  MemoryDiff(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command("diff", "Show what changed in a file of the memory since a version.");
    spec.addPositional(Options.optional("FILE", "global, project or a name (default project)."));
    spec.addOption(Options.text("--from", "N", "Since this version (default the one before)."));
    spec.addOption(Options.text("--to", "N", "Up to this version (default the file as it is)."));
    Options.addFormat(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = setting.memory().get();
    var place = desk.place(words.matchedPositionalValue(0, "project"));
    var to = Options.number(words, "--to", Integer.MAX_VALUE);
    var from = Options.number(words, "--from", Integer.MAX_VALUE);
    return MemoryDesk.told(() -> {
      int start = from == null ? before(desk, place, to == null ? 0 : to) : from;
      var diff = UnifiedDiff.of(bytes(desk, place, start), bytes(desk, place, to == null ? 0 : to));
      if (Options.format(words) == Format.TEXT) {
        setting.say(diff.isEmpty() ? "nothing changed" : diff.stripTrailing());
      } else {
        setting.say(
            MemoryWords.object(json -> {
              MemoryWords.write(json, place);
              json.writeNumberField("from", start);
              json.writeNumberField("to", to == null ? 0 : to);
              json.writeStringField("diff", diff);
            }));
      }
      return ExitCode.OK;
    });
  }

  /// The version before another one; -1 if there is none, which had no text.
  private static int before(MemoryDesk desk, MemoryPlace place, int version) {
    int last = -1;
    var current = desk.memory().text(place).orElse("");
    for (var each : desk.memory().versions(place)) {
      boolean same =
          version == 0
              ? each.number() == 0 || desk.memory().version(place, each.number()).equals(current)
              : each.number() == version;
      if (!same) {
        last = each.number();
      }
    }
    return last;
  }

  private static byte[] bytes(MemoryDesk desk, MemoryPlace place, int version) {
    return version < 0
        ? new byte[0]
        : desk.memory().version(place, version).getBytes(StandardCharsets.UTF_8);
  }
}
