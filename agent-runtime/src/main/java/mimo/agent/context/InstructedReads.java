package mimo.agent.context;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mimo.agent.file.PathGuard;
import mimo.agent.message.Message.Status;
import mimo.agent.tool.Need;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.engine.CancellationToken;

/// `read`, which tells the instructions of a folder along with the first file read in it. Belongs
/// to one session. Thread-safe.
public final class InstructedReads implements Tool {

  private final Tool read;
  private final PathGuard guard;
  private final DeeperInstructions instructions;

  /// @param read the tool that shows files
  /// @param guard over the workspace
  public InstructedReads(Tool read, PathGuard guard, DeeperInstructions instructions) {
    this.read = read;
    this.guard = guard;
    this.instructions = instructions;
  }

  @Override
  public ToolSpec spec() {
    return read.spec();
  }

  @Override
  public List<Need> needs(ObjectNode input) {
    return read.needs(input);
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) throws InterruptedException {
    var result = read.run(input, cancellation);
    if (result.status() != Status.OK) {
      return result;
    }
    var path = guard.relative(input.path("file_path").asText());
    return Result.ok(result.text() + instructions.forRead(path));
  }
}
