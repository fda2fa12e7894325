package mimo.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.PathGuard;
import mimo.engine.CancellationToken;

/// Replaces text in a file that was read, where it is found exactly once, or everywhere (A46, A47).
public final class EditTool implements Tool {

  private static final ToolSpec SPEC =
      new ToolSpec(
          "edit",
          """
          Replaces old_string by new_string in a file that was read before. old_string must be \
          there exactly once, unless replace_all is set; quote it as read shows it, without the \
          line numbers.\
          """,
          """
          {"type":"object","properties":{\
          "file_path":{"type":"string","description":"path relative to the workspace"},\
          "old_string":{"type":"string"},\
          "new_string":{"type":"string"},\
          "replace_all":{"type":"boolean","description":"replace it wherever it is"}},\
          "required":["file_path","old_string","new_string"],"additionalProperties":false}\
          """,
          ToolSpec.Effect.CHANGES);

  private final FileChange change;

  public EditTool(PathGuard guard, FileReplacement files, Readings readings) {
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
    return new Edits(input.path("file_path").asText(), List.of(Edits.replacement(input)));
  }
}
