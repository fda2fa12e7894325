package mimo.cli.command.session;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Figures;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo sessions remove`: removes sessions for good.
final class SessionsRemove implements Subcommand {

  private final Setting setting;

  SessionsRemove(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "remove",
            "Remove sessions for good.",
            "",
            "Their bytes are overwritten in the store. A session that some process has open is",
            "refused; a fork of one that is removed stays.",
            "");
    spec.addPositional(Options.several("SESSION", 1, "Ids of sessions, or their first digits."));
    Options.addFormat(spec);
    spec.usageMessage().footer("", "Examples:", "  mimo sessions remove 7f3a 81c0");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var desk = setting.sessions().get();
    var ids =
        Options.several(words).stream().map(prefix -> desk.find(prefix).id()).distinct().toList();
    desk.remove(ids);
    setting.say(
        Options.format(words) == Format.TEXT
            ? "removed " + Figures.count(ids.size(), "session")
            : JsonText.of(json -> {
              json.writeStartObject();
              json.writeNumberField("v", 1);
              json.writeArrayFieldStart("removed");
              for (var id : ids) {
                json.writeString(id.value());
              }
              json.writeEndArray();
              json.writeEndObject();
            }));
    return ExitCode.OK;
  }
}
