package mimo.cli.command.workflows;

import java.nio.file.Path;
import java.util.List;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.script.Script;
import mimo.cli.script.WorkflowFile;
import mimo.cli.script.WorkflowFolder;
import mimo.compose.Dialect;
import mimo.compose.ScriptMeta;
import mimo.sandbox.MetaLiteral;
import mimo.sandbox.ScriptSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `mimo workflows save`: gives a script a name in the project.
final class WorkflowsSave implements Subcommand {

  private final Setting setting;

  WorkflowsSave(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "save",
            "Copy a script into the project's workflows, so that it has a name.",
            "",
            "The script is checked first. One that imports files is not copied: move it together",
            "with them.",
            "");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .required(true)
            .type(String.class)
            .paramLabel("FILE|NAME|RUN")
            .description("A script, the name of a workflow, or run:ID for the script of a run.")
            .build());
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("1")
            .arity("0..1")
            .type(String.class)
            .paramLabel("AS")
            .description("The new name; else that of the file.")
            .build());
    spec.addOption(Options.flag("--user", "Save it for all your projects."));
    spec.addOption(Options.flag("--force", "Replace a workflow of that name."));
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var script = script(words.matchedPositionalValue(0, ""));
    var checked = setting.runs().get().check(script);
    if (!checked.problems().isEmpty()) {
      throw new CommandException(checked.problems().getFirst());
    }
    if (checked.imports() > 0) {
      throw new CommandException(
          "workflow_imports", script.name() + " imports " + checked.imports() + " files");
    }
    var scripts = setting.scripts();
    var folder = words.hasMatchedOption("--user") ? scripts.userFolder() : scripts.projectFolder();
    var name = words.matchedPositionalValue(1, stem(script));
    var file = WorkflowFile.named(folder, name);
    setting
        .trust()
        .keepOver(
            scripts.folder(),
            List.of(file.path()),
            words.hasMatchedOption("--force")
                ? () -> file.replace(script.text())
                : () -> file.create(script.text()));
    setting.say(file.path().toString());
    tellOfAnotherDialect(script, file.path().toString());
    return ExitCode.OK;
  }

  /// A folder can mean a dialect (L20), so a copy may run otherwise than what was copied.
  private void tellOfAnotherDialect(Script script, String copy) {
    if (MetaLiteral.of(new ScriptSource(script.name(), script.text()))
        instanceof MetaLiteral.Found(var json)) {
      var meta = ScriptMeta.parse(json);
      var before = Dialect.of(null, meta, script.location());
      var after = Dialect.of(null, meta, copy);
      if (before != after) {
        setting
            .terminal()
            .err()
            .print(
                ("mimo: it ran in the dialect %s, and runs as %s there; write dialect: '%s' into"
                        + " its meta to keep it.\n")
                    .formatted(before.word(), after.word(), before.word()));
      }
    }
  }

  private Script script(String source) {
    if (!source.startsWith("run:")) {
      return setting.scripts().look(source);
    }
    var runs = setting.runs().get();
    return runs.script(runs.id(source.substring("run:".length())));
  }

  private static String stem(Script script) {
    return WorkflowFolder.stem(Path.of(script.name()));
  }
}
