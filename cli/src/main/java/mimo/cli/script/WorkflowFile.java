package mimo.cli.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import mimo.cli.error.CommandException;

/// A script that is to be written into a folder of workflows.
public record WorkflowFile(Path path) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

  /// @throws CommandException `usage` if that cannot be the name of a workflow (L17)
  public static WorkflowFile named(Path folder, String name) {
    if (!NAME.matcher(name).matches() || WorkflowFolder.isScript(name)) {
      throw new CommandException(
          "usage",
          "'" + name + "' is no name of a workflow: letters, digits and . _ -, without an ending");
    }
    return new WorkflowFile(folder.resolve(name + ".js"));
  }

  /// Writes a file that is not there yet.
  public void create(String text) {
    try {
      Files.createDirectories(path.getParent());
      Files.write(path, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new CommandException("workflow_exists", path + " exists already");
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Writes the file, whatever is there.
  public void replace(String text) {
    try {
      Files.createDirectories(path.getParent());
      var fresh = Files.createTempFile(path.getParent(), ".new-", ".tmp");
      try {
        Files.writeString(fresh, text);
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private CommandException failed(IOException e) {
    return new CommandException("output_failed", "cannot write " + path + ": " + e);
  }
}
