package mimo.cli.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import mimo.engine.archive.ArchivedRun;
import mimo.sandbox.ImportedFiles;
import mimo.sandbox.ScriptSource;

/// The files of a program as an exported run has them.
final class RecordedFiles implements ImportedFiles {

  private final Path root;
  private final Map<Path, String> texts = new HashMap<>();

  /// @param name what errors call the script
  /// @param location where the script was
  RecordedFiles(ArchivedRun run, String name, Path location) {
    this.root = Path.of(name).resolveSibling("");
    var folder = location.resolveSibling("");
    for (var script : run.scripts()) {
      texts.put(folder.relativize(Path.of(script.location())).normalize(), script.text());
    }
  }

  @Override
  public Found find(ScriptSource importer, String specifier) {
    var path =
        root.relativize(Path.of(importer.name()).resolveSibling(specifier).normalize()).normalize();
    var text = texts.get(path);
    return text == null
        ? new Found.Refused("script_missing", "the recorded run has no file " + path)
        : new Found.File(new ScriptSource(root.resolve(path).toString(), text));
  }
}
