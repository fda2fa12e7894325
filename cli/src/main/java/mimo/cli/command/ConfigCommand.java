package mimo.cli.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import mimo.cli.config.ConfigEntry;
import mimo.cli.config.ConfigKeys;
import mimo.cli.config.ConfigSchema;
import mimo.cli.config.Configured;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.error.Nearest;
import mimo.cli.terminal.Format;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo config`: every value that counts, and where it comes from (A78).
public final class ConfigCommand implements Subcommand {

  private static final int MOST_WIDTH = 60;

  private final Setting setting;

  public ConfigCommand(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "config",
            "Show the configuration and where each value comes from.",
            "",
            "With a KEY, the value alone, and where it comes from on standard error. Secrets are",
            "never shown.",
            "");
    spec.addPositional(
        Options.optional("KEY", "A key, or an object that holds keys, for example provider.lab."));
    Options.addFormat(spec);
    var path = Options.command("path", "Show which file is the user's own.");
    Options.addFormat(path);
    spec.addSubcommand("path", path);
    spec.addSubcommand("schema", Options.command("schema", "Print the JSON Schema of the file."));
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  mimo config",
            "  mimo config model",
            "  $EDITOR \"$(mimo config path)\"");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var sub = words.subcommand();
    if (sub == null) {
      show(words);
    } else if (sub.commandSpec().name().equals("schema")) {
      setting.terminal().print(ConfigSchema.text());
    } else {
      path(sub);
    }
    return ExitCode.OK;
  }

  private void show(ParseResult words) {
    var key = words.matchedPositionalValue(0, "");
    var inspection = setting.inspection().get();
    var configured = inspection.configuration().over(inspection.given());
    var values =
        configured.effective().stream().filter(entry -> key.isEmpty() || entry.isIn(key)).toList();
    if (values.isEmpty() && !key.isEmpty()) {
      throw unset(key);
    }
    switch (Options.format(words)) {
      case TEXT -> print(configured, values, key);
      case JSON -> setting.say(new ConfigJson(configured).object(values));
      case STREAM_JSON ->
          values.forEach(entry -> setting.say(new ConfigJson(configured).line(entry)));
    }
  }

  private static CommandException unset(String key) {
    var top = key.replaceFirst("\\..*", "");
    return ConfigKeys.top().contains(top)
        ? new CommandException("config_key_unset", "nothing sets '" + key + "'")
        : new CommandException(
            "usage",
            "the configuration has no key '" + top + "'" + Nearest.hint(top, ConfigKeys.top()));
  }

  private void print(Configured configured, List<ConfigEntry> values, String key) {
    if (values.size() == 1 && values.getFirst().name().equals(key)) {
      setting.say(values.getFirst().shown());
      note(origin(configured, values.getFirst()));
      return;
    }
    var texts = values.stream().map(entry -> entry.name() + " = " + entry.shown()).toList();
    int widest = texts.stream().max(Comparator.comparingInt(String::length)).orElse("").length();
    for (int i = 0; i < texts.size(); i++) {
      setting.say(
          String.format(
              Locale.ROOT,
              "%-" + Math.clamp(widest, 1, MOST_WIDTH) + "s  %s",
              TerminalText.oneLine(texts.get(i)),
              TerminalText.oneLine(origin(configured, values.get(i)))));
    }
    configured.notices().forEach(this::note);
  }

  private static String origin(Configured configured, ConfigEntry entry) {
    var words = new ArrayList<String>();
    words.add(entry.source().text());
    configured.overriddenBy(entry).forEach(lost -> words.add("not " + lost.text()));
    return String.join("; ", words);
  }

  /// Beside the result: what explains it.
  private void note(String line) {
    setting.terminal().err().print("mimo: " + TerminalText.oneLine(line) + "\n");
  }

  private void path(ParseResult words) {
    var files = setting.inspection().get().files();
    if (Options.format(words) == Format.TEXT) {
      setting.say(files.usersFile().toString());
    } else {
      setting.say(
          JsonText.of(json -> {
            json.writeStartObject();
            json.writeNumberField("v", 1);
            json.writeStringField("user", files.usersFile().toString());
            json.writeArrayFieldStart("files");
            for (var known : files.known()) {
              json.writeStartObject();
              json.writeStringField("source", known.origin().id());
              json.writeStringField("file", known.file().toString());
              json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
          }));
    }
  }
}
