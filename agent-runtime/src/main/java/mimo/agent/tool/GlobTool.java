package mimo.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import mimo.agent.AgentLimits;
import mimo.agent.file.Glob;
import mimo.agent.file.GlobSearch;
import mimo.agent.file.PathGuard;
import mimo.agent.file.TreeWalk;
import mimo.engine.CancellationToken;

/// Finds files by name; what `.gitignore` names is left out (A49).
public final class GlobTool implements Tool {

  private static final ToolSpec SPEC =
      new ToolSpec(
          "glob",
          """
          Finds files of the workspace by a pattern such as **/*.java or src/{main,test}/**. \
          Ignored files are left out.\
          """,
          """
          {"type":"object","properties":{\
          "pattern":{"type":"string","description":"* ? [a-z] ** and {a,b}"},\
          "path":{"type":"string","description":"folder to search; the workspace if absent"}},\
          "required":["pattern"],"additionalProperties":false}\
          """,
          ToolSpec.Effect.READS);

  private final PathGuard guard;
  private final GlobSearch search;

  public GlobTool(PathGuard guard) {
    this.guard = guard;
    this.search = new GlobSearch(guard, TreeWalk.Leaving.IGNORED, AgentLimits.GLOB_PATHS);
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public List<Need> needs(ObjectNode input) {
    return List.of(new Need.Read(input.path("path").asText(".")));
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) throws InterruptedException {
    try {
      var glob = Glob.parse(guard.relative(input.path("pattern").asText()));
      var folder = guard.relative(input.path("path").asText("."));
      return switch (search.find(folder, glob, cancellation)) {
        case GlobSearch.Outcome.Refused(var message) -> Result.error("path_escape: " + message);
        case GlobSearch.Outcome.Found found -> Result.ok(show(found));
      };
    } catch (IllegalArgumentException malformed) {
      return Result.error(String.valueOf(malformed.getMessage()));
    } catch (IOException broken) {
      return Result.error("the search failed: " + broken.getClass().getSimpleName());
    }
  }

  private static String show(GlobSearch.Outcome.Found found) {
    if (found.paths().isEmpty() && found.ending() == TreeWalk.Ending.DONE) {
      return "(no file matches)";
    }
    var text = new BoundedText();
    for (var path : found.paths()) {
      if (!text.add(path)) {
        return text.closedBy("(there are more; narrow pattern or path)");
      }
    }
    return switch (found.ending()) {
      case DONE -> text.toString();
      case STOPPED ->
          text.closedBy("(more than %d; narrow pattern or path)".formatted(AgentLimits.GLOB_PATHS));
      case LIMIT -> text.closedBy("(the tree is too large to see whole; narrow the path)");
    };
  }
}
