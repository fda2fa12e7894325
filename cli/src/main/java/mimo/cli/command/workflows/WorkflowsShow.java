package mimo.cli.command.workflows;

import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.script.NamedWorkflow;
import mimo.cli.script.WorkflowOrigin;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo workflows show`: what the workflow of a name is, does and takes.
final class WorkflowsShow implements Subcommand {

  private final Setting setting;

  WorkflowsShow(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var show = Options.command("show", "Show what a workflow does and takes.");
    show.addPositional(Options.required("NAME", "The workflow's name."));
    Options.addFormat(show);
    return show;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var name = words.matchedPositionalValue(0, "");
    var found = setting.scripts().named(name);
    var readme = setting.scripts().builtins().readme(name);
    var text =
        found.origin() == WorkflowOrigin.BUILT_IN && readme.isPresent()
            ? readme.get()
            : described(NamedWorkflow.of(name, found.origin(), found.script()));
    switch (Options.format(words)) {
      case TEXT -> setting.say(TerminalText.visible(text.stripTrailing()));
      case JSON, STREAM_JSON ->
          setting.say(
              JsonText.of(json -> {
                json.writeStartObject();
                json.writeNumberField("v", 1);
                json.writeStringField("workflow", name);
                json.writeStringField("origin", found.origin().word());
                json.writeStringField("location", found.script().location());
                json.writeStringField("readme", text);
                json.writeEndObject();
              }));
    }
    return ExitCode.OK;
  }

  /// In the form of a built-in's page.
  private static String described(NamedWorkflow workflow) {
    return workflow.problem() != null
        ? "# %s\n\nIts meta is broken: %s\n".formatted(workflow.name(), workflow.problem())
        : "# %s\n\n%s\n\n%s: %s\n"
            .formatted(
                workflow.title(),
                workflow.description(),
                workflow.origin().word(),
                workflow.location());
  }
}
