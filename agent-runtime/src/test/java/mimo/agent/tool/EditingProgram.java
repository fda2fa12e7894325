package mimo.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import mimo.agent.file.FileLocks;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.PathGuard;
import mimo.agent.json.Json;
import mimo.agent.message.Message.Status;
import mimo.engine.CancellationToken;

/// A session of its own process that edits `shared`: each edit adds a line before the last one.
final class EditingProgram {

  private EditingProgram() {}

  /// @param args workspace, lock file, name, number of edits
  public static void main(String[] args) throws IOException, InterruptedException {
    var guard = PathGuard.over(Path.of(args[0]));
    var files = new FileReplacement(guard, new FileLocks(Path.of(args[1])));
    var outputs = new SpillFiles(Path.of(args[1] + "-outputs"), Instant::now, text -> text);
    var tools = Toolbox.ofFiles(guard, files, new Readings(), outputs);
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      edit(tools, args[2] + i);
    }
  }

  private static void edit(Toolbox tools, String line) throws InterruptedException {
    var path = Json.object().put("file_path", "shared");
    var edit = path.deepCopy().put("old_string", "end").put("new_string", line + "\nend");
    while (true) {
      run(tools, "read", path);
      var result = run(tools, "edit", edit);
      if (result.status() == Status.OK) {
        return;
      }
      if (!result.text().endsWith("it again")) {
        throw new IllegalStateException(result.text());
      }
    }
  }

  private static Tool.Result run(Toolbox tools, String name, ObjectNode input)
      throws InterruptedException {
    return tools.find(name).orElseThrow().run(input, CancellationToken.never());
  }
}
