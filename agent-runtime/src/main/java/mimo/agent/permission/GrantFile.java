package mimo.agent.permission;

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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import mimo.agent.AgentLimits;
import mimo.agent.json.Json;

/// What was answered with "always" in one workspace, in a file of the user's data (A56): read anew
/// for each question, so that other processes' answers and the user's own edits count at once. A
/// file that cannot be read grants nothing. Thread-safe.
public final class GrantFile implements Grants {

  private final Path folder;
  private final Path file;
  private final String workspace;
  private final ReentrantLock lock = new ReentrantLock();

  /// @param folder where such files are kept; made with the first answer
  /// @param workspace free of links
  public GrantFile(Path folder, Path workspace) {
    this.folder = folder;
    this.workspace = workspace.toString();
    this.file = folder.resolve(digest(this.workspace) + ".json");
  }

  private static String digest(String text) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  @Override
  public List<Rule> rules() {
    return read().stream().map(grant -> grant.rule(file.toString())).toList();
  }

  @Override
  public void add(List<Grant> grants) {
    lock.lock();
    try {
      var all = new ArrayList<>(read());
      for (var grant : grants) {
        if (!all.contains(grant) && all.size() < AgentLimits.GRANTS) {
          all.add(grant);
        }
      }
      write(all);
    } catch (IOException unwritable) {
      // It was allowed, and will be asked for again.
      return;
    } finally {
      lock.unlock();
    }
  }

  private List<Grant> read() {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) > AgentLimits.GRANT_BYTES) {
        return List.of();
      }
      var grants = new ArrayList<Grant>();
      for (var grant : Json.parse(Files.readString(file)).path("grants")) {
        var permission = grant.path("permission").asText();
        var pattern = grant.path("pattern").asText();
        // What would count for everything was never offered.
        if (!permission.isEmpty() && !pattern.isEmpty() && !pattern.equals(Rule.DEFAULT)) {
          grants.add(new Grant(permission, pattern));
        }
      }
      return grants;
    } catch (IOException | IllegalArgumentException unreadable) {
      return List.of();
    }
  }

  private void write(List<Grant> grants) throws IOException {
    var json = Json.object().put("v", 1).put("workspace", workspace);
    var array = json.putArray("grants");
    for (var grant : grants) {
      array.addObject().put("permission", grant.permission()).put("pattern", grant.pattern());
    }
    var owners = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owners));
    var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var fresh = Files.createTempFile(folder, "grants", ".tmp", own);
    try {
      var text = ByteBuffer.wrap((Json.write(json) + "\n").getBytes(StandardCharsets.UTF_8));
      try (var channel = FileChannel.open(fresh, Set.of(StandardOpenOption.WRITE))) {
        while (text.hasRemaining()) {
          channel.write(text);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
