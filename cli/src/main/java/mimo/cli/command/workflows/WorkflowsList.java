package mimo.cli.command.workflows;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.script.NamedWorkflow;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo workflows list`: every workflow that has a name, what shadows it, what is wrong with it.
final class WorkflowsList implements Subcommand {

  private final Setting setting;

  WorkflowsList(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var list = Options.command("list", "List the workflows of project, user and mimo.");
    Options.addFormat(list);
    return list;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var workflows = setting.scripts().list();
    switch (Options.format(words)) {
      case TEXT -> table(workflows);
      case JSON ->
          setting.say(
              JsonText.of(json -> {
                json.writeStartObject();
                json.writeNumberField("v", 1);
                json.writeArrayFieldStart("workflows");
                for (var workflow : workflows) {
                  write(json, workflow);
                }
                json.writeEndArray();
                json.writeEndObject();
              }));
      case STREAM_JSON ->
          workflows.forEach(workflow -> setting.say(JsonText.of(json -> write(json, workflow))));
    }
    return ExitCode.OK;
  }

  private void table(List<NamedWorkflow> workflows) {
    int width = workflows.stream().mapToInt(workflow -> workflow.name().length()).max().orElse(0);
    for (var workflow : workflows) {
      var what =
          workflow.problem() != null
              ? "broken: " + workflow.problem()
              : workflow.shadowed()
                  ? "shadowed; run it by its path: " + workflow.location()
                  : workflow.description();
      var line =
          ("%-" + Math.max(1, width) + "s  %-8s  %s")
              .formatted(workflow.name(), workflow.origin().word(), what);
      setting.say(TerminalText.visible(line));
    }
  }

  private static void write(JsonGenerator json, NamedWorkflow workflow) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", workflow.name());
    json.writeStringField("origin", workflow.origin().word());
    json.writeStringField("location", workflow.location());
    json.writeStringField("title", workflow.title());
    json.writeStringField("description", workflow.description());
    json.writeBooleanField("shadowed", workflow.shadowed());
    if (workflow.problem() != null) {
      json.writeStringField("problem", workflow.problem());
    }
    json.writeEndObject();
  }
}
