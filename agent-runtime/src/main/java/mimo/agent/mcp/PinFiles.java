package mimo.agent.mcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.McpLimits;
import mimo.agent.json.Json;
import mimo.engine.journal.Digests;

/// What was approved, in one file of the user's data for each server: read anew for each question,
/// so that what other processes approve counts at once. A file that cannot be read approves
/// nothing. Thread-safe.
public final class PinFiles implements Pins {

  private final Path folder;
  private final ReentrantLock lock = new ReentrantLock();

  /// @param folder where such files are kept; made with the first of them
  public PinFiles(Path folder) {
    this.folder = folder;
  }

  /// Another command under the same name is another server, and so is one of another workspace.
  private Path file(McpSettings server) {
    var key = String.join("\n", server.scope(), server.name(), server.way().identity());
    return folder.resolve(Digests.hex(key).substring(0, 32) + ".json");
  }

  @Override
  public Map<String, String> of(McpSettings server) {
    var file = file(server);
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) > McpLimits.PINS_BYTES) {
        return Map.of();
      }
      var pinned = new TreeMap<String, String>();
      Json.parse(Files.readString(file))
          .path("tools")
          .properties()
          .forEach(tool -> pinned.put(tool.getKey(), tool.getValue().asText()));
      return Collections.unmodifiableMap(pinned);
    } catch (IOException | IllegalArgumentException unreadable) {
      return Map.of();
    }
  }

  @Override
  public void pin(McpSettings server, ToolDescription tool) {
    lock.lock();
    try {
      var pinned = new TreeMap<>(of(server));
      if (!tool.whole().equals(pinned.put(tool.name(), tool.whole()))) {
        write(server, pinned);
      }
    } catch (IOException unwritable) {
      // It was allowed once, and will be asked for again.
      return;
    } finally {
      lock.unlock();
    }
  }

  private void write(McpSettings server, Map<String, String> pinned) throws IOException {
    var json =
        Json.object()
            .put("v", 1)
            .put("server", server.name())
            .put("at", server.way().words())
            .put("workspace", server.scope());
    var tools = json.putObject("tools");
    pinned.forEach(tools::put);
    var owners = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owners));
    var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var fresh = Files.createTempFile(folder, "pins", ".tmp", own);
    try {
      var text = ByteBuffer.wrap((Json.write(json) + "\n").getBytes(StandardCharsets.UTF_8));
      try (var channel = FileChannel.open(fresh, Set.of(StandardOpenOption.WRITE))) {
        while (text.hasRemaining()) {
          channel.write(text);
        }
        channel.force(true);
      }
      Files.move(fresh, file(server), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
