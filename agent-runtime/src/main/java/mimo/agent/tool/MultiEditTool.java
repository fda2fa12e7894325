package mimo.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mimo.agent.AgentLimits;
import mimo.agent.edit.Replacement;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.PathGuard;
import mimo.engine.CancellationToken;

/// Makes several edits of one file, in order, all of them or none (A46, A47).
public final class MultiEditTool implements Tool {

  private static final ToolSpec SPEC =
      new ToolSpec(
          "multiedit",
          """
          Makes several edits in one file that was read before, in order, each in what the one \
          before left. If one fails, none is made.\
          """,
          """
          {"type":"object","properties":{\
          "file_path":{"type":"string","description":"path relative to the workspace"},\
          "edits":{"type":"array","minItems":1,"maxItems":%d,"items":{"type":"object",\
          "properties":{\
          "old_string":{"type":"string"},\
          "new_string":{"type":"string"},\
          "replace_all":{"type":"boolean"}},\
          "required":["old_string","new_string"],"additionalProperties":false}}},\
          "required":["file_path","edits"],"additionalProperties":false}\
          """
              .formatted(AgentLimits.EDITS),
          ToolSpec.Effect.CHANGES);

  private final FileChange change;

  public MultiEditTool(PathGuard guard, FileReplacement files, Readings readings) {
    this.change = new FileChange(guard, files, readings);
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public List<Need> needs(ObjectNode input) {
    return List.of(new Need.Write(input.path("file_path").asText()));
  }

  @Override
  public Optional<String> preview(ObjectNode input) {
    return change.preview(input, edits(input)::decide);
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) throws InterruptedException {
    return change.run(input, edits(input)::decide);
  }

  private static Edits edits(ObjectNode input) {
    var replacements = new ArrayList<Replacement>();
    for (var edit : input.path("edits")) {
      replacements.add(Edits.replacement(edit));
    }
    return new Edits(input.path("file_path").asText(), replacements);
  }
}
