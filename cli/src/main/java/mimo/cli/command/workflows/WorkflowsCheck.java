package mimo.cli.command.workflows;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mimo.cli.command.Options;
import mimo.cli.command.Runs.Checked;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.error.Failure;
import mimo.cli.error.SourceExcerpt;
import mimo.cli.terminal.JsonText;
import mimo.cli.terminal.TerminalText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `mimo workflows check`: everything that is wrong with scripts, without running them (L115).
final class WorkflowsCheck implements Subcommand {

  private final Setting setting;

  WorkflowsCheck(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var check =
        Options.command(
            "check",
            "Say what is wrong with scripts, without running them.",
            "",
            "Reads each script and all it imports as the runtime would. Exit codes: 0 all are",
            "valid; 1 one is not.",
            "");
    check.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("1..*")
            .required(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("FILE|NAME")
            .description("Scripts, or names of workflows.")
            .build());
    Options.addFormat(check);
    return check;
  }

  /// One script and what is wrong with it.
  private record Judged(String script, Checked checked) {}

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    List<String> names = words.matchedPositionalValue(0, List.<String>of());
    var judged = new ArrayList<Judged>();
    for (var name : names) {
      judged.add(new Judged(name, check(name)));
    }
    boolean valid = judged.stream().allMatch(one -> one.checked().problems().isEmpty());
    switch (Options.format(words)) {
      case TEXT -> judged.forEach(this::tell);
      case STREAM_JSON -> judged.forEach(one -> setting.say(JsonText.of(json -> write(json, one))));
      case JSON ->
          setting.say(
              JsonText.of(json -> {
                json.writeStartObject();
                json.writeNumberField("v", 1);
                json.writeBooleanField("valid", valid);
                json.writeArrayFieldStart("scripts");
                for (var one : judged) {
                  write(json, one);
                }
                json.writeEndArray();
                json.writeEndObject();
              }));
    }
    return valid ? ExitCode.OK : ExitCode.FAILURE;
  }

  private Checked check(String name) throws InterruptedException {
    try {
      return setting.runs().get().check(setting.scripts().look(name));
    } catch (CommandException e) {
      return new Checked(List.of(e.failure()), List.of(), 0, "");
    }
  }

  private void tell(Judged one) {
    var problems = one.checked().problems();
    if (problems.isEmpty()) {
      setting.say(one.script() + ": valid");
    }
    problems.forEach(problem -> tell(one, "", problem));
    one.checked().warnings().forEach(warning -> tell(one, "warning: ", warning));
  }

  private void tell(Judged one, String kind, Failure problem) {
    var at = problem.position();
    var where = at == null ? one.script() : at.toString();
    setting.say(
        TerminalText.visible(where + ": " + kind + problem.code() + ": " + problem.message()));
    if (at != null && problem.source() != null) {
      SourceExcerpt.of(problem.source(), at).stream()
          .map(TerminalText::visible)
          .forEach(setting::say);
    }
  }

  private static void write(JsonGenerator json, Judged one) throws IOException {
    var problems = one.checked().problems();
    json.writeStartObject();
    json.writeStringField("script", one.script());
    json.writeBooleanField("valid", problems.isEmpty());
    json.writeStringField("hash", one.checked().hash());
    write(json, "errors", problems);
    write(json, "warnings", one.checked().warnings());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String field, List<Failure> faults)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (var fault : faults) {
      json.writeStartObject();
      json.writeStringField("name", fault.code());
      json.writeStringField("message", fault.message());
      var at = fault.position();
      if (at != null) {
        json.writeStringField("file", at.file());
        json.writeNumberField("line", at.line());
        json.writeNumberField("column", at.column());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
