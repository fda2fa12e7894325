package mimo.agent.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mimo.agent.command.CommandEnd;
import mimo.agent.command.OutputSink;
import mimo.agent.goal.CheckShells;
import mimo.engine.CancellationToken;

/// Commands that are looked up in the folder they run in: `FILE says WORDS` prints the file, and
/// ends with 0 if it holds these words.
public final class SayingShells implements CheckShells {

  private final Path workspace;
  private final List<String> ran = new CopyOnWriteArrayList<>();

  /// @param workspace every other folder is a copy of it
  public SayingShells(Path workspace) {
    this.workspace = workspace;
  }

  /// What ran, in order.
  public List<String> ran() {
    return List.copyOf(ran);
  }

  @Override
  public Shell open(Path folder) {
    return new Shell() {
      @Override
      public CommandEnd run(
          String line, OutputSink sink, Duration time, CancellationToken cancellation) {
        ran.add(folder.equals(workspace) ? line : "originals: " + line);
        var parts = line.split(" says ", 2);
        try {
          var text = Files.readString(folder.resolve(parts[0]));
          var bytes = text.getBytes(StandardCharsets.UTF_8);
          sink.accept(bytes, bytes.length);
          return new CommandEnd.Exited(text.contains(parts[1]) ? 0 : 1);
        } catch (IOException missing) {
          return new CommandEnd.Exited(127);
        }
      }

      @Override
      public void close() {}
    };
  }
}
