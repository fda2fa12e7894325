package mimo.cli.command;

import java.util.List;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.error.Nearest;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo workflows`: the workflows that come with mimo.
final class WorkflowsCommand implements Subcommand {

  private final Setting setting;

  WorkflowsCommand(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec = Options.command("workflows", "List and show the built-in workflows.");
    var list = Options.command("list", "List the built-in workflows.");
    Options.addFormat(list);
    var show = Options.command("show", "Show what a built-in workflow does and takes.");
    show.addPositional(Options.required("NAME", "The workflow's name."));
    Options.addFormat(show);
    spec.addSubcommand("list", list);
    spec.addSubcommand("show", show);
    spec.usageMessage()
        .footer("", "Examples:", "  mimo workflows list", "  mimo workflows show repo-map");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var sub = words.subcommand();
    if (sub == null) {
      throw new CommandException("usage", "mimo workflows needs one of list, show");
    }
    if (sub.commandSpec().name().equals("list")) {
      list(sub);
    } else {
      show(sub);
    }
    return ExitCode.OK;
  }

  private void list(ParseResult words) {
    var names = setting.scripts().builtins().names();
    switch (Options.format(words)) {
      case TEXT -> names.forEach(setting::say);
      case JSON -> setting.say("{\"v\":1,\"workflows\":[" + quoted(names) + "]}");
      case STREAM_JSON -> names.forEach(name -> setting.say(quoted(List.of(name))));
    }
  }

  private void show(ParseResult words) {
    var builtins = setting.scripts().builtins();
    var name = words.matchedPositionalValue(0, "");
    var readme =
        builtins
            .readme(name)
            .orElseThrow(() ->
                new CommandException(
                    "workflow_unknown",
                    "no built-in workflow is called '"
                        + name
                        + "'"
                        + Nearest.hint(name, builtins.names())));
    switch (Options.format(words)) {
      case TEXT -> setting.say(TerminalText.visible(readme.stripTrailing()));
      case JSON, STREAM_JSON ->
          setting.say(
              JsonText.of(json -> {
                json.writeStartObject();
                json.writeNumberField("v", 1);
                json.writeStringField("workflow", name);
                json.writeStringField("readme", readme);
                json.writeEndObject();
              }));
    }
  }

  private static String quoted(List<String> names) {
    return String.join(
        ",", names.stream().map(name -> JsonText.of(json -> json.writeString(name))).toList());
  }
}
