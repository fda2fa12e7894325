package mimo.cli.command.workflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.script.WorkflowFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo workflows new`: a script to start from, in the project's folder of workflows.
final class WorkflowsNew implements Subcommand {

  private final Setting setting;

  WorkflowsNew(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "new",
            "Write a commented script to start from.",
            "",
            "It goes to .mimocode/workflows of the project, or with --user to your own folder.",
            "");
    spec.addPositional(Options.required("NEW", "What the workflow is to be called."));
    spec.addOption(Options.flag("--user", "Write it for all your projects."));
    spec.addOption(
        Options.text(
            "--dialect", "DIALECT", "What it says in meta.dialect: mimocode, claude or odw."));
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) {
    var name = words.matchedPositionalValue(0, "");
    var dialect = Options.dialect(words);
    var scripts = setting.scripts();
    var folder = words.hasMatchedOption("--user") ? scripts.userFolder() : scripts.projectFolder();
    var file = WorkflowFile.named(folder, name);
    setting
        .trust()
        .keepOver(scripts.folder(), List.of(file.path()), () -> file.create(text(name, dialect)));
    setting.say(file.path().toString());
    return ExitCode.OK;
  }

  /// The template with its blanks filled in.
  static String text(String name, @Nullable String dialect) {
    try (var stream = WorkflowsNew.class.getResourceAsStream("new-workflow.js")) {
      if (stream == null) {
        throw new IllegalStateException("resource mimo/cli/command/new-workflow.js is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .replace("NAME", name)
          .replace("DIALECT\n", dialect == null ? "" : "  dialect: \"" + dialect + "\",\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a resource of mimo's own jar", e);
    }
  }
}
