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

  private final PathGuard guard;
  private final Readings readings;

  /// @param readings learns what is read
  public ReadTool(PathGuard guard, Readings readings) {
    this.guard = guard;
    this.readings = readings;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public List<Need> needs(ObjectNode input) {
    return List.of(new Need.Read(input.path("file_path").asText()));
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) throws InterruptedException {
    var path = guard.relative(input.path("file_path").asText());
    int offset = input.path("offset").asInt(1);
    try {
      return switch (guard.locate(path)) {
        case Location.Refused(var message) -> Result.error("path_escape: " + message);
        case Location.Missing _ -> missing(path);
        case Location.Inside inside when inside.kind() == Location.Kind.FOLDER ->
            folder(inside, offset);
        case Location.Inside inside ->
            file(inside, offset, input.path("limit").asInt(AgentLimits.READ_LINES), cancellation);
      };
    } catch (NoSuchFileException gone) {
      return missing(path);
    } catch (PathRefusedException swapped) {
      return Result.error("path_escape: " + swapped.getMessage());
    } catch (IOException broken) {
      return Result.error("'" + path + "' cannot be read: " + broken.getClass().getSimpleName());
    }
  }

  private static Result missing(String path) {
    return Result.error("'" + path + "' does not exist; glob finds files by name");
  }

  private Result file(Location.Inside file, int offset, int limit, CancellationToken cancellation)
      throws IOException, InterruptedException {
    try (var channel = guard.open(file);
        var stream = new DigestInputStream(Channels.newInputStream(channel), Readings.digest())) {
      // Four bytes are the most one character takes, so the cut below never lacks characters.
      var lines = new LineReader(stream, AgentLimits.READ_LINE_CHARS * 4);
      if (lines.looksBinary()) {
        return Result.error(
            "'%s' is a binary file of %d bytes; read shows UTF-8 text only"
                .formatted(file.asked(), channel.size()));
      }
      var result = show(lines, file.asked(), offset, limit, cancellation);
      if (result.status() == Status.OK) {
        note(guard.root().resolve(file.real()), stream, lines.consumed());
      }
      return result;
    }
  }

  /// What was shown and the rest of the file, in one go, are what was read (A47). A file too large
  /// to be changed is not read to its end.
  private void note(Path file, DigestInputStream stream, long shown) throws IOException {
    byte[] rest = new byte[64 * 1024];
    long bytes = shown;
    for (int more = 0; more >= 0 && bytes <= AgentLimits.CHANGED_FILE_BYTES; bytes += more) {
      more = stream.read(rest);
      if (more < 0) {
        readings.note(file, stream.getMessageDigest().digest());
        return;
      }
    }
  }

  private static Result show(
      LineReader lines, String path, int offset, int limit, CancellationToken cancellation)
      throws IOException, InterruptedException {
    var text = new BoundedText();
    int last = offset + Math.min(limit, AgentLimits.READ_LINES) - 1;
    int number = 0;
    for (var line = lines.next(); line != null; line = lines.next()) {
      number++;
      stopIfCancelled(number, cancellation);
      if (number < offset && lines.consumed() > AgentLimits.READ_SCAN_BYTES) {
        return Result.error(
            "line %d of '%s' lies beyond the first %d bytes, which is as far as read goes"
                .formatted(offset, path, AgentLimits.READ_SCAN_BYTES));
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
      return Result.ok("('" + path + "' is empty)");
    }
    if (number < offset) {
      return Result.error("'%s' ends with line %d".formatted(path, number));
    }
    return Result.ok(text.closedBy("(end of file, %d lines)".formatted(number)));
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
    try (var opened = guard.openFolder(folder)) {
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
