package mimo.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mimo.agent.json.Json;
import mimo.engine.CancellationToken;

/// A tool for whoever knows what it does without having looked: a file it changes is read just
/// before.
///
/// That a file has to be read first keeps a model from changing what it only remembers (A47). A
/// script that calls a tool has no memory that could be stale, and a run that is resumed would have
/// lost it.
public final class ReadBeforehand implements Tool {

  private final Tool changing;
  private final Tool reading;

  private ReadBeforehand(Tool changing, Tool reading) {
    this.changing = changing;
    this.reading = reading;
  }

  /// The same tools, but that none needs its caller to have read a file.
  public static Toolbox in(Toolbox box) {
    return box.find("read")
        .map(reading -> box.with(tool -> new ReadBeforehand(tool, reading)))
        .orElse(box);
  }

  @Override
  public ToolSpec spec() {
    return changing.spec();
  }

  @Override
  public List<String> aliases() {
    return changing.aliases();
  }

  @Override
  public List<Need> needs(ObjectNode input) {
    return changing.needs(input);
  }

  @Override
  public Optional<String> preview(ObjectNode input) {
    return changing.preview(input);
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) throws InterruptedException {
    for (var need : changing.needs(input)) {
      if (need instanceof Need.Write(var path)) {
        // What is wrong with the file is told by the change itself.
        var _ = reading.run(Json.object().put("file_path", path), cancellation);
      }
    }
    return changing.run(input, cancellation);
  }
}
