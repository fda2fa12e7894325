package mimo.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import mimo.agent.AgentLimits;
import mimo.agent.PatternCost;
import mimo.agent.file.Glob;
import mimo.agent.file.LineReader;
import mimo.agent.file.Location;
import mimo.agent.file.PathGuard;
import mimo.agent.file.PathRefusedException;
import mimo.agent.file.TreeWalk;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// Finds lines by a regular expression, in time proportional to the text (A49).
public final class GrepTool implements Tool {

  private static final ToolSpec SPEC =
      new ToolSpec(
          "grep",
          """
          Finds the lines of the workspace's text files that match a regular expression (RE2: no \
          lookaround, no backreference). Ignored files are left out.\
          """,
          """
          {"type":"object","properties":{\
          "pattern":{"type":"string","description":"regular expression"},\
          "path":{"type":"string","description":"file or folder; the workspace if absent"},\
          "include":{"type":"string","description":"only files whose path fits, such as *.java"}},\
          "required":["pattern"],"additionalProperties":false}\
          """,
          ToolSpec.Effect.READS);

  private final PathGuard workspace;
  private final Predicate<String> open;
  private final Function<String, Optional<PathGuard>> outputs;

  /// A search in files that are all open.
  public GrepTool(PathGuard guard) {
    this(guard, _ -> true, _ -> Optional.empty());
  }

  /// The same, for a session whose long outputs stand in `outputs`, beside the workspace.
  public GrepTool(PathGuard guard, SpillFiles outputs) {
    this(guard, _ -> true, outputs);
  }

  /// @param open whether a file that was come across, not named, may be read: a search must not
  ///   show what a rule denies or wants to be asked for (S51)
  public GrepTool(PathGuard guard, Predicate<String> open, SpillFiles outputs) {
    this(guard, open, outputs::guardOf);
  }

  private GrepTool(
      PathGuard workspace, Predicate<String> open, Function<String, Optional<PathGuard>> outputs) {
    this.workspace = workspace;
    this.open = open;
    this.outputs = outputs;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public List<Need> needs(ObjectNode input) {
    var path = input.path("path").asText(".");
    // As with read: what a tool put there was shown in part already.
    return List.of(outputs.apply(path).isPresent() ? new Need.Use() : new Need.Read(path));
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) throws InterruptedException {
    var given = input.path("path").asText(".");
    var output = outputs.apply(given);
    var guard = output.orElse(workspace);
    var path =
        output.isPresent() ? given.substring(given.lastIndexOf('/') + 1) : guard.relative(given);
    try {
      var pattern = pattern(input.path("pattern").asText());
      var include = input.has("include") ? include(input.get("include").asText()) : null;
      return switch (guard.locate(path)) {
        case Location.Refused(var message) -> Result.error("path_escape: " + message);
        case Location.Missing _ -> Result.error("'" + path + "' does not exist");
        case Location.Inside inside ->
            new Search(guard, path, pattern, include, cancellation).over(inside);
      };
    } catch (IllegalArgumentException malformed) {
      return Result.error(String.valueOf(malformed.getMessage()));
    } catch (NoSuchFileException | PathRefusedException gone) {
      return Result.error("'" + path + "' changed while it was opened");
    } catch (IOException broken) {
      return Result.error("the search failed: " + broken.getClass().getSimpleName());
    }
  }

  private static Pattern pattern(String text) {
    if (text.isEmpty() || text.length() > AgentLimits.PATTERN_CHARS) {
      throw new IllegalArgumentException(
          "a pattern needs 1 to " + AgentLimits.PATTERN_CHARS + " characters");
    }
    if (PatternCost.isTooHigh(text)) {
      throw new IllegalArgumentException(
          "the pattern is too costly: its repeat counts multiply to more than "
              + AgentLimits.PATTERN_REPEATS
              + "; use * or smaller counts");
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException malformed) {
      throw new IllegalArgumentException("the pattern is malformed: " + malformed.getMessage());
    }
  }

  /// A pattern without `/` is meant for the name alone, wherever the file stands.
  private static Glob include(String text) {
    return Glob.parse(text.indexOf('/') < 0 ? "**/" + text : text);
  }

  /// One search, confined to its thread.
  private final class Search {

    private final PathGuard guard;
    private final String path;
    private final Pattern pattern;
    private final @Nullable Glob include;
    private final CancellationToken cancellation;
    private final BoundedText text = new BoundedText();
    private int matches;
    private int partlySearched;
    private int closed;

    Search(
        PathGuard guard,
        String path,
        Pattern pattern,
        @Nullable Glob include,
        CancellationToken cancellation) {
      this.guard = guard;
      this.path = path;
      this.pattern = pattern;
      this.include = include;
      this.cancellation = cancellation;
    }

    Result over(Location.Inside start) throws IOException, InterruptedException {
      if (start.kind() == Location.Kind.FILE) {
        return Result.ok(
            closing(
                in(path, guard.open(start), _ -> true) == TreeWalk.Next.STOP
                    ? TreeWalk.Ending.STOPPED
                    : TreeWalk.Ending.DONE));
      }
      var walk = new TreeWalk(guard, TreeWalk.Leaving.IGNORED, cancellation);
      return Result.ok(
          closing(
              walk.walk(
                  start,
                  file ->
                      include == null || include.matches(file.below())
                          ? in(shown(file.below()), file.open(), open)
                          : TreeWalk.Next.GO_ON)));
    }

    private String shown(String below) {
      return path.equals(".") ? below : path.replaceAll("/+$", "") + "/" + below;
    }

    private TreeWalk.Next in(String file, SeekableByteChannel opened, Predicate<String> shows)
        throws IOException, InterruptedException {
      try (opened;
          var stream = Channels.newInputStream(opened)) {
        var lines = new LineReader(stream, AgentLimits.GREP_LINE_BYTES);
        if (lines.looksBinary()) {
          return TreeWalk.Next.GO_ON;
        }
        int number = 0;
        int before = matches;
        for (var line = lines.next(); line != null; line = lines.next()) {
          number++;
          if (cancellation.isCancelled() || Thread.interrupted()) {
            throw new InterruptedException("grep was cancelled");
          }
          if (line.cut() || lines.consumed() > AgentLimits.GREP_FILE_BYTES) {
            partlySearched++;
          }
          var found = pattern.matcher(line.text());
          boolean matching = found.find();
          // Asked only of files that have something to show: there are few of them.
          if (matching && matches == before && !shows.test(file)) {
            closed++;
            return TreeWalk.Next.GO_ON;
          }
          if (matching && !take(file, number, line.text(), found)) {
            return TreeWalk.Next.STOP;
          }
          if (lines.consumed() > AgentLimits.GREP_FILE_BYTES) {
            break;
          }
        }
        return TreeWalk.Next.GO_ON;
      }
    }

    private boolean take(String file, int number, String line, Matcher found) {
      if (matches == AgentLimits.GREP_MATCHES) {
        return false;
      }
      matches++;
      return text.add(file + ":" + number + ": " + around(line, found.start()));
    }

    /// The line, or as much of it round the match as may be shown.
    private static String around(String line, int match) {
      if (line.length() <= AgentLimits.GREP_LINE_CHARS) {
        return line;
      }
      int from = Math.max(0, match - AgentLimits.GREP_LINE_CHARS / 4);
      if (from > 0 && Character.isLowSurrogate(line.charAt(from))) {
        from--;
      }
      return (from > 0 ? "…" : "")
          + BoundedText.head(line.substring(from), AgentLimits.GREP_LINE_CHARS)
          + "…";
    }

    private String closing(TreeWalk.Ending ending) {
      var notes = new StringBuilder();
      switch (ending) {
        case DONE -> notes.append(matches == 0 ? "(no line matches)" : "");
        case STOPPED -> notes.append("(there are more matches; narrow pattern, path or include)");
        case LIMIT -> notes.append("(the tree is too large to search whole; narrow the path)");
      }
      if (partlySearched > 0) {
        notes.append("(very long lines or files were searched in part)");
      }
      if (closed > 0) {
        notes.append("(%d files that need a permission were left out)".formatted(closed));
      }
      return text.closedBy(notes.toString());
    }
  }
}
