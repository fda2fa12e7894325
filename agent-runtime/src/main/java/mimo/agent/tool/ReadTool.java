package mimo.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mimo.agent.AgentLimits;
import mimo.agent.file.LineReader;
import mimo.agent.file.Location;
import mimo.agent.file.PathGuard;
import mimo.agent.file.PathRefusedException;
import mimo.agent.message.Message.Status;
import mimo.engine.CancellationToken;

/// Shows the lines of a text file, numbered, or the entries of a folder (A42).
public final class ReadTool implements Tool {

  private static final ToolSpec SPEC =
      new ToolSpec(
          "read",
          """
          Reads a text file of the workspace, as numbered lines, or lists a folder. At most %d \
          lines come at once; the end of the result says how to read on.\
          """
              .formatted(AgentLimits.READ_LINES),
          """
          {"type":"object","properties":{\
          "file_path":{"type":"string","description":"path relative to the workspace"},\
          "offset":{"type":"integer","minimum":1,"description":"first line to show, from 1"},\
          "limit":{"type":"integer","minimum":1,"description":"how many lines"}},\
          "required":["file_path"],"additionalProperties":false}\
          """,
          ToolSpec.Effect.READS);

  private final PathGuard workspace;
  private final Readings readings;
  private final Function<String, Optional<PathGuard>> outputs;

  /// @param readings learns what is read
  public ReadTool(PathGuard workspace, Readings readings) {
    this(workspace, readings, _ -> Optional.empty());
  }

  /// The same, for a session whose long outputs stand in `outputs`, beside the workspace.
  public ReadTool(PathGuard workspace, Readings readings, SpillFiles outputs) {
    this(workspace, readings, outputs::guardOf);
  }

  private ReadTool(
      PathGuard workspace, Readings readings, Function<String, Optional<PathGuard>> outputs) {
    this.workspace = workspace;
    this.readings = readings;
    this.outputs = outputs;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public List<Need> needs(ObjectNode input) {
    var path = input.path("file_path").asText();
    // What a tool put there was shown in part already.
    return List.of(outputs.apply(path).isPresent() ? new Need.Use() : new Need.Read(path));
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) throws InterruptedException {
    var given = input.path("file_path").asText();
    var output = outputs.apply(given);
    var guard = output.orElse(workspace);
    var path = output.isPresent() ? name(given) : guard.relative(given);
    int offset = input.path("offset").asInt(1);
    try {
      return switch (guard.locate(path)) {
        case Location.Refused(var message) -> Result.error("path_escape: " + message);
        case Location.Missing _ -> missing(path);
        case Location.Inside inside when inside.kind() == Location.Kind.FOLDER ->
            folder(inside, offset);
        case Location.Inside inside -> {
          int limit = input.path("limit").asInt(AgentLimits.READ_LINES);
          yield new Reading(guard, inside, offset, limit, cancellation).run();
        }
      };
    } catch (NoSuchFileException gone) {
      return missing(path);
    } catch (PathRefusedException swapped) {
      return Result.error("path_escape: " + swapped.getMessage());
    } catch (IOException broken) {
      return Result.error("'" + path + "' cannot be read: " + broken.getClass().getSimpleName());
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static Result missing(String path) {
    return Result.error("'" + path + "' does not exist; glob finds files by name");
  }

  /// One reading of a file, confined to its thread.
  private final class Reading {

    private final PathGuard guard;
    private final Location.Inside file;
    private final int offset;
    private final int last;
    private final CancellationToken cancellation;

    Reading(
        PathGuard guard,
        Location.Inside file,
        int offset,
        int limit,
        CancellationToken cancellation) {
      this.guard = guard;
      this.file = file;
      this.offset = offset;
      this.last = (int) Math.min(Integer.MAX_VALUE, offset - 1L + most(limit));
      this.cancellation = cancellation;
    }

    private static int most(int limit) {
      return Math.min(limit, AgentLimits.READ_LINES);
    }

    Result run() throws IOException, InterruptedException {
      try (var channel = guard.open(file);
          var stream = new DigestInputStream(Channels.newInputStream(channel), Readings.digest())) {
        // Four bytes are the most one character takes, so the cut below never lacks characters.
        var lines = new LineReader(stream, AgentLimits.READ_LINE_CHARS * 4);
        if (lines.looksBinary()) {
          return Result.error(
              "'%s' is a binary file of %d bytes; read shows UTF-8 text only"
                  .formatted(file.asked(), channel.size()));
        }
        var result = show(lines);
        if (result.status() == Status.OK) {
          note(stream, lines.consumed());
        }
        return result;
      }
    }

    /// What was shown and the rest of the file, in one go, are what was read (A47). A file too
    /// large to be changed is not read to its end.
    private void note(DigestInputStream stream, long shown) throws IOException {
      byte[] rest = new byte[64 * 1024];
      long bytes = shown;
      for (int more = 0; more >= 0 && bytes <= AgentLimits.CHANGED_FILE_BYTES; bytes += more) {
        more = stream.read(rest);
        if (more < 0) {
          readings.note(guard.root().resolve(file.real()), stream.getMessageDigest().digest());
          return;
        }
      }
    }

    private Result show(LineReader lines) throws IOException, InterruptedException {
      var text = new BoundedText();
      int number = 0;
      for (var line = lines.next(); line != null; line = lines.next()) {
        number++;
        stopIfCancelled(number, cancellation);
        if (number < offset && lines.consumed() > AgentLimits.READ_SCAN_BYTES) {
          return Result.error(
              "line %d of '%s' lies beyond the first %d bytes, which is as far as read goes"
                  .formatted(offset, file.asked(), AgentLimits.READ_SCAN_BYTES));
        }
        if (number < offset) {
          continue;
        }
        if (number > last || !text.add(numbered(number, line))) {
          return Result.ok(
              text.closedBy("(there are more lines; read on with offset %d)".formatted(number)));
        }
      }
      if (number == 0) {
        return Result.ok("('" + file.asked() + "' is empty)");
      }
      if (number < offset) {
        return Result.error("'%s' ends with line %d".formatted(file.asked(), number));
      }
      return Result.ok(text.closedBy("(end of file, %d lines)".formatted(number)));
    }
  }

  private static String numbered(int number, LineReader.Line line) {
    var shown = BoundedText.head(line.text(), AgentLimits.READ_LINE_CHARS);
    boolean cut = line.cut() || shown.length() < line.text().length();
    return "%6d\t%s%s"
        .formatted(number, shown, cut ? " (line cut; grep finds what lies beyond)" : "");
  }

  private static void stopIfCancelled(int number, CancellationToken cancellation)
      throws InterruptedException {
    if (number % 1_000 == 0 && (cancellation.isCancelled() || Thread.interrupted())) {
      throw new InterruptedException("read was cancelled");
    }
  }

  private Result folder(Location.Inside folder, int offset) throws IOException {
    var entries = entries(folder);
    if (entries.isEmpty()) {
      return Result.ok("(the folder is empty)");
    }
    if (offset > entries.size()) {
      return Result.error("the folder has %d entries".formatted(entries.size()));
    }
    var text = new BoundedText();
    int end = Math.min(entries.size(), offset - 1 + AgentLimits.FOLDER_ENTRIES);
    int at = offset - 1;
    while (at < end && text.add(entries.get(at))) {
      at++;
    }
    return Result.ok(
        at == entries.size()
            ? text.closedBy("(%d entries)".formatted(entries.size()))
            : text.closedBy("(there are more entries; read on with offset %d)".formatted(at + 1)));
  }

  /// Folders end with `/`, links with `@`.
  private List<String> entries(Location.Inside folder) throws IOException {
    var entries = new ArrayList<String>();
    try (var opened = workspace.openFolder(folder)) {
      for (var entry : opened) {
        var name = entry.getFileName();
        entries.add(name + mark(opened, name));
        if (entries.size() == AgentLimits.WALK_ENTRIES) {
          break;
        }
      }
    }
    Collections.sort(entries);
    return entries;
  }

  private static String mark(SecureDirectoryStream<Path> folder, Path name) throws IOException {
    try {
      var attributes = PathGuard.attributes(folder, name);
      return attributes.isDirectory() ? "/" : attributes.isSymbolicLink() ? "@" : "";
    } catch (FileSystemException goneOrClosed) {
      return "";
    }
  }
}
