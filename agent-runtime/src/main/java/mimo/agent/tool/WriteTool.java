package mimo.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import mimo.agent.AgentLimits;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.PathGuard;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// Makes a file, or gives one that was read a new content (A46, A47).
public final class WriteTool implements Tool {

  private static final ToolSpec SPEC =
      new ToolSpec(
          "write",
          """
          Makes a file of the workspace, and folders that are missing, or replaces all of a file \
          that was read before. For a part of a file use edit.\
          """,
          """
          {"type":"object","properties":{\
          "file_path":{"type":"string","description":"path relative to the workspace"},\
          "content":{"type":"string","description":"all the file shall hold"}},\
          "required":["file_path","content"],"additionalProperties":false}\
          """,
          ToolSpec.Effect.CHANGES);

  private final FileChange change;

  public WriteTool(PathGuard guard, FileReplacement files, Readings readings) {
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
    return change.preview(input, before -> decide(input, before));
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) throws InterruptedException {
    return change.run(input, before -> decide(input, before));
  }

  private static FileChange.Decision decide(ObjectNode input, byte @Nullable [] before) {
    var content = input.path("content").asText();
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(content)) {
      return new FileChange.Decision.Leave("content holds half a character (a lone surrogate)");
    }
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > AgentLimits.CHANGED_FILE_BYTES) {
      return new FileChange.Decision.Leave(
          "content has more than " + AgentLimits.CHANGED_FILE_BYTES + " bytes");
    }
    return new FileChange.Decision.Replace(
        bytes,
        "%s '%s': %d lines, %d bytes"
            .formatted(
                before == null ? "made" : "replaced",
                input.path("file_path").asText(),
                content.lines().count(),
                bytes.length));
  }
}
