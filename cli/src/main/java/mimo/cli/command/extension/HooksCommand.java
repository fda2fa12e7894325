package mimo.cli.command.extension;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import mimo.agent.command.TrustedPrograms;
import mimo.agent.hook.Hook;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.extension.HookFiles;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo hooks`: what would run here, at which events, in which order.
public final class HooksCommand implements Subcommand {

  private final Setting setting;

  public HooksCommand(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "hooks",
            "Show the hooks that run here.",
            "",
            "Yours, and those of this repository if you trust it, in the order in which they run.",
            "");
    Options.addFormat(spec);
    spec.usageMessage().footer("", "Examples:", "  mimo hooks", "  mimo hooks --json");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var grounds = ExtensionSetting.grounds(setting);
    var path = setting.environment().getOrDefault("PATH", "");
    var programs = TrustedPrograms.of(path, grounds.folder());
    var own = setting.inspection().get().configuration().configuration().hooks();
    var hooks = new HookFiles(grounds, programs::find).all(own);
    switch (Options.format(words)) {
      case TEXT -> table(hooks);
      case JSON ->
          setting.say(
              JsonText.of(json -> {
                json.writeStartObject();
                json.writeNumberField("v", 1);
                json.writeArrayFieldStart("hooks");
                for (var hook : hooks) {
                  write(json, hook);
                }
                json.writeEndArray();
                json.writeEndObject();
              }));
      case STREAM_JSON ->
          hooks.forEach(hook -> setting.say(JsonText.of(json -> write(json, hook))));
    }
    return ExitCode.OK;
  }

  private void table(List<Hook> hooks) {
    if (hooks.isEmpty()) {
      setting.say("No hooks run here.");
    }
    int width = hooks.stream().mapToInt(hook -> hook.name().length()).max().orElse(1);
    for (var hook : hooks) {
      var line =
          ("%-13s  %-" + width + "s  %-12s  %s")
              .formatted(
                  hook.event().word(),
                  hook.name(),
                  hook.tools().text().isEmpty() ? "-" : hook.tools().text(),
                  hook.origin().place());
      setting.say(TerminalText.oneLine(line));
      hook.origin()
          .guard()
          .objection()
          .ifPresent(why -> setting.say(TerminalText.oneLine("  is not run: " + why)));
    }
  }

  private static void write(JsonGenerator json, Hook hook) throws IOException {
    json.writeStartObject();
    json.writeStringField("event", hook.event().word());
    json.writeStringField("name", hook.name());
    json.writeStringField("tool", hook.tools().text());
    json.writeArrayFieldStart("command");
    for (var word : hook.argv()) {
      json.writeString(word);
    }
    json.writeEndArray();
    json.writeNumberField("timeout", hook.time().toSeconds());
    json.writeStringField("place", hook.origin().place());
    var objection = hook.origin().guard().objection();
    if (objection.isPresent()) {
      json.writeStringField("not_run", objection.get());
    }
    json.writeEndObject();
  }
}
