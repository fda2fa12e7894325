package mimo.agent.tool;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import mimo.agent.AgentLimits;

/// What one session has read, by the content files had on disk (A47). Thread-safe.
///
/// It lives as long as the process does: after a resume nothing counts as read, for what the model
/// saw is stored without its secrets, and so without the hash of what it was.
public final class Readings {

  /// How a file on disk stands to what was read of it.
  public enum Standing {
    NEVER_READ,
    CHANGED_SINCE,
    CURRENT
  }

  private final Map<Path, String> digests =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, String> eldest) {
          return size() > AgentLimits.READINGS;
        }
      };

  /// A file has been read, or written, with these bytes.
  ///
  /// @param file absolute and free of links
  public void holds(Path file, byte[] bytes) {
    note(file, digest().digest(bytes));
  }

  /// A file has been read, of whose bytes this is the SHA-256.
  void note(Path file, byte[] sha256) {
    synchronized (digests) {
      digests.put(file, HexFormat.of().formatHex(sha256));
    }
  }

  /// How a file that holds these bytes now stands to what was read.
  public Standing of(Path file, byte[] bytes) {
    var now = HexFormat.of().formatHex(digest().digest(bytes));
    synchronized (digests) {
      var known = digests.get(file);
      return known == null
          ? Standing.NEVER_READ
          : known.equals(now) ? Standing.CURRENT : Standing.CHANGED_SINCE;
    }
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
