package mimo.compose.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mimo.compose.ComposeException;
import mimo.compose.ComposeWorkflow;
import mimo.compose.ScriptFiles;
import mimo.compose.ScriptFiles.ScriptFile;
import mimo.compose.ScriptMeta;
import mimo.engine.SourcePosition;
import mimo.engine.WorkflowResult;
import mimo.sandbox.Compilation;
import mimo.sandbox.ImportedFiles;
import mimo.sandbox.Sandbox;
import mimo.sandbox.ScriptFault;
import mimo.sandbox.ScriptSource;
import org.jspecify.annotations.Nullable;

/// Plays one trial in one sandbox and writes down all there is to see: what was asked, entered and
/// said, then what was lost, then how it ended.
public final class Player {

  private final ScriptSource script;
  private final ImportedFiles files;
  private final Map<String, String> shelf;
  private final Trial trial;
  private final List<ScriptFile> program = new ArrayList<>();

  /// @param files what the script may import
  public Player(ScriptSource script, ImportedFiles files, Trial trial) {
    this(script, files, Map.of(), trial);
  }

  /// @param shelf the scripts it may run, by name
  public Player(ScriptSource script, ImportedFiles files, Map<String, String> shelf, Trial trial) {
    this.script = script;
    this.files = files;
    this.shelf = Map.copyOf(shelf);
    this.trial = trial;
    add(script);
  }

  private void add(ScriptSource source) {
    program.add(new ScriptFile(source.name(), "/workspace/" + source.name(), source.text()));
  }

  /// Uses the sandbox up; whoever opened it closes it.
  public List<String> play(Sandbox sandbox) throws InterruptedException {
    return switch (sandbox.compile(script, this::found)) {
      case Compilation.Rejected(var faults) -> faults.stream().map(this::refusal).toList();
      case Compilation.Compiled compiled -> execute(compiled, sandbox);
    };
  }

  private ImportedFiles.Found found(ScriptSource importer, String specifier)
      throws InterruptedException {
    var found = files.find(importer, specifier);
    if (found instanceof ImportedFiles.Found.File(var source)) {
      add(source);
    }
    return found;
  }

  private List<String> execute(Compilation.Compiled compiled, Sandbox sandbox)
      throws InterruptedException {
    ScriptMeta meta;
    try {
      meta = ScriptMeta.parse(compiled.meta());
    } catch (ComposeException wrong) {
      return List.of("refused: " + wrong.code() + ": " + wrong.getMessage());
    }
    var run = trial.run(shelf);
    var whole = new ScriptFiles(program);
    var workflow = new ComposeWorkflow(sandbox, script.name(), whole, trial.options(meta));
    var result = workflow.execute(run);
    var lines = new ArrayList<>(run.trace());
    result.losses().forEach(loss -> lines.add("loses: " + loss.label() + " " + loss.reason()));
    lines.add(end(result));
    return trial.abridged(lines);
  }

  private String refusal(ScriptFault fault) {
    var file = fault.file().isEmpty() || fault.file().equals(script.name()) ? "" : fault.file();
    var place = fault.line() < 1 ? "" : place(file, fault.line(), fault.column());
    return "refused: " + fault.code() + place + ": " + fault.name() + ": " + fault.message();
  }

  private String end(WorkflowResult result) {
    return switch (result) {
      case WorkflowResult.Finished(var value, _) -> "result: " + value;
      case WorkflowResult.Failed failed ->
          "fails: " + failed.code() + place(failed.position()) + ": " + failed.message();
    };
  }

  private String place(@Nullable SourcePosition position) {
    if (position == null) {
      return "";
    }
    var file = position.file().equals(script.name()) ? "" : position.file();
    return place(file, position.line(), position.column());
  }

  private static String place(String file, int line, int column) {
    return " at " + (file.isEmpty() ? "" : file + ":") + line + ":" + column;
  }
}
